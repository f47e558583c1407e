"""Reads the folder that write.cs wrote with TensorBoard's own loader and exits with 1 where a value is another.

Usage: pip install tensorboard; python3 check.py FOLDER
"""
import sys

from tensorboard.backend.event_processing import plugin_event_accumulator
from tensorboard.plugins.hparams import plugin_data_pb2
from tensorboard.util import tensor_util

events = plugin_event_accumulator.EventAccumulator(sys.argv[1])
events.Reload()
failed = False


def check(name, found, expected):
    global failed
    failed = failed or found != expected
    print("same " if found == expected else "OTHER", name, found, "" if found == expected else f"instead of {expected}")


def values(tag):
    return [(event.step, tensor_util.make_ndarray(event.tensor_proto).tolist()) for event in events.Tensors(tag)]


def plugin(tag):
    return events.summary_metadata[tag].plugin_data.plugin_name, events.summary_metadata[tag].data_class


# Steps 6 to 9 of the first session are purged; the values are stored as float32 and float64.
check("exact", values("exact"), [(step, step / 4) for step in range(6)] + [(6, 106.0), (7, 107.0)])
check("double", values("double"), [(step, step / 10) for step in range(6)] + [(6, 106.1), (7, 107.1)])
check("weights", values("weights"), [(7, [[-1.0, -0.5, 1.0], [-0.5, 0.0, 2.0], [0.0, 0.75, 3.0]])])
[(step, (width, height, picture))] = values("picture")
check("picture", (step, width, height, picture[:4]), (7, b"2", b"1", b"\x89PNG"))
check("note", values("note"), [(7, "größer als **1** < 2".encode())])
for tag, expected in [("exact", ("scalars", 1)), ("double", ("scalars", 1)), ("weights", ("histograms", 2)), ("picture", ("images", 3)), ("note", ("text", 2))]:
    check(f"plugin of {tag}", plugin(tag), expected)

graph = events.Graph()
check("graph", [(node.name, node.op, list(node.input)) for node in graph.node], [("layer/x", "Parameter", []), ("layer/y", "MatMul", ["layer/x", "layer/x"])])
check("attribute", graph.node[1].attr["shape"].s, b"[2, 2]")

contents = events.PluginTagToContent("hparams")


def hparams(tag):
    return plugin_data_pb2.HParamsPluginData.FromString(contents[f"_hparams_/{tag}"])


start = hparams("session_start_info").session_start_info
check("hyperparameters", (start.hparams["lr"].number_value, start.hparams["name"].string_value, start.hparams["wide"].bool_value, start.group_name), (0.001, "adam", True, "group"))
experiment = hparams("experiment").experiment
check("experiment", ([(info.name, info.type) for info in experiment.hparam_infos], [info.name.tag for info in experiment.metric_infos]), ([("lr", 3), ("name", 1), ("wide", 2)], ["exact"]))
check("end", hparams("session_end_info").session_end_info.status, 1)
sys.exit(failed)
