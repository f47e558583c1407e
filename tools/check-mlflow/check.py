"""Sends a studio what MLflow's Python client sends in the course of a training, over the library that it uses, and exits with 1 where an answer is another.

Usage: ashlar studio --port 0 --folder FOLDER; python3 check.py http://127.0.0.1:PORT
With the package mlflow installed the client itself runs too, behind the scripted one.
"""
import math
import os
import posixpath
import sys
import tempfile

import requests

HOST = sys.argv[1].rstrip("/")
session = requests.Session()
failed = False


def check(name, found, expected):
    global failed
    same = found == expected or (isinstance(found, float) and math.isnan(found) and math.isnan(expected))
    failed = failed or not same
    print("same " if same else "OTHER", name, found, "" if same else f"instead of {expected}")


# mlflow.utils.rest_utils: a GET has its fields in the address, any other request has them as JSON.
def call(method, path, expect=200, **body):
    url = f"{HOST}/api/2.0/mlflow/{path}"
    response = session.get(url, params=body, timeout=60) if method == "GET" else session.request(method, url, json=body, timeout=60)
    if response.status_code != expect:
        check(f"{method} {path} status", (response.status_code, response.text), expect)
    return response.json()


# mlflow.set_experiment: by name, made when the answer is RESOURCE_DOES_NOT_EXIST.
missing = call("GET", "experiments/get-by-name", 404, experiment_name="scripted")
check("experiment by name", missing["error_code"], "RESOURCE_DOES_NOT_EXIST")
experiment = call("POST", "experiments/create", name="scripted", tags=[])["experiment_id"]
check("experiment", call("GET", "experiments/get", experiment_id=experiment)["experiment"]["name"], "scripted")
check("the same name again", call("POST", "experiments/create", 400, name="scripted")["error_code"], "RESOURCE_ALREADY_EXISTS")

# mlflow.start_run
created = call("POST", "runs/create", experiment_id=experiment, user_id="ann", start_time=1795000000000, run_name="brave-fox-7", tags=[
    {"key": "mlflow.user", "value": "ann"}, {"key": "mlflow.source.name", "value": "train.py"}, {"key": "mlflow.source.type", "value": "LOCAL"}, {"key": "mlflow.runName", "value": "brave-fox-7"}])["run"]
info = created["info"]
run = info["run_id"]
check("state", (info["status"], info["lifecycle_stage"], info["experiment_id"], info["start_time"]), ("RUNNING", "active", experiment, 1795000000000))

# mlflow.log_params, log_metrics: one log-batch each; log_param and log_metric: one request each. NaN is a text, as protobuf's JSON has it.
call("POST", "runs/log-batch", run_id=run, metrics=[], params=[{"key": "lr", "value": "0.1"}, {"key": "depth", "value": "3"}], tags=[])
call("POST", "runs/log-parameter", run_uuid=run, run_id=run, key="optimizer", value="adam")
call("POST", "runs/log-metric", run_uuid=run, run_id=run, key="accuracy", value=0.5, timestamp=1795000000001, step=0)
for first in range(0, 2500, 1000):
    call("POST", "runs/log-batch", run_id=run, metrics=[{"key": "loss", "value": 1 / (step + 3), "timestamp": 1795000000000 + step, "step": step} for step in range(first, min(first + 1000, 2500))], params=[], tags=[])
call("POST", "runs/log-batch", run_id=run, metrics=[{"key": "diverged", "value": "NaN", "timestamp": 1, "step": -1}], params=[], tags=[{"key": "note", "value": "größer"}])
call("POST", "runs/set-tag", run_uuid=run, run_id=run, key="stage", value="try")
call("POST", "runs/delete-tag", run_id=run, key="stage")
check("another value of a parameter", call("POST", "runs/log-parameter", 400, run_id=run, key="lr", value="0.2")["error_code"], "INVALID_PARAMETER_VALUE")
check("1001 metrics", call("POST", "runs/log-batch", 400, run_id=run, metrics=[{"key": "a", "value": 1, "timestamp": 1, "step": 1}] * 1001)["error_code"], "INVALID_PARAMETER_VALUE")

# mlflow.log_artifact: the run's artifact_uri names the place behind mlflow-artifacts.
root = f"{HOST}/api/2.0/mlflow-artifacts/artifacts/" + info["artifact_uri"].split(":/", 1)[1].lstrip("/")
content = os.urandom(1 << 20)
with tempfile.NamedTemporaryFile() as file:
    file.write(content)
    file.flush()
    with open(file.name, "rb") as data:
        check("upload", session.put(posixpath.join(root, "model/weights.bin"), data=data, timeout=60).status_code, 200)
check("download", session.get(posixpath.join(root, "model/weights.bin"), timeout=60).content == content, True)
listed = session.get(f"{HOST}/api/2.0/mlflow-artifacts/artifacts", params={"path": info["artifact_uri"].split(":/", 1)[1].lstrip("/") + "/model"}, timeout=60).json()
check("list", listed["files"], [{"path": "weights.bin", "is_dir": False, "file_size": 1 << 20}])
check("list of the run", call("GET", "artifacts/list", run_uuid=run, run_id=run)["files"], [{"path": "model", "is_dir": True}])

# mlflow.end_run, get_run
check("end", call("POST", "runs/update", run_uuid=run, run_id=run, status="FINISHED", end_time=1795000009000)["run_info"]["status"], "FINISHED")
whole = call("GET", "runs/get", run_uuid=run, run_id=run)["run"]
metrics = {metric["key"]: (metric["value"], metric["timestamp"], metric["step"]) for metric in whole["data"]["metrics"]}
check("last loss", metrics["loss"], (1 / 2502, 1795000002499, 2499))
check("a metric that is no number", metrics["diverged"], ("NaN", 1, -1))
check("parameters", {param["key"]: param["value"] for param in whole["data"]["params"]}, {"lr": "0.1", "depth": "3", "optimizer": "adam"})
check("tags", {tag["key"]: tag["value"] for tag in whole["data"]["tags"]}, {"mlflow.user": "ann", "mlflow.source.name": "train.py", "mlflow.source.type": "LOCAL", "mlflow.runName": "brave-fox-7", "note": "größer"})

# MlflowClient.get_metric_history and search_runs, page by page.
history, token = [], None
while True:
    page = call("GET", "metrics/get-history", run_uuid=run, run_id=run, metric_key="loss", max_results=1000, **({"page_token": token} if token else {}))
    history += [metric["value"] for metric in page["metrics"]]
    token = page.get("next_page_token")
    if not token:
        break
check("history", history == [1 / (step + 3) for step in range(2500)], True)
found = call("POST", "runs/search", experiment_ids=[experiment], filter="metrics.loss < 0.5 AND params.lr = '0.1' AND attributes.status = 'FINISHED'", run_view_type="ACTIVE_ONLY", max_results=1000, order_by=["metrics.loss DESC"])["runs"]
check("search", [each["info"]["run_id"] for each in found], [run])

# MlflowClient.delete_run, restore_run, delete_experiment
call("POST", "runs/delete", run_id=run)
check("deleted", [call("POST", "runs/search", experiment_ids=[experiment], run_view_type=view)["runs"] != [] for view in ("ACTIVE_ONLY", "DELETED_ONLY")], [False, True])
call("POST", "runs/restore", run_id=run)
check("restored", call("GET", "runs/get", run_id=run)["run"]["info"]["lifecycle_stage"], "active")
check("a route that is not there", call("POST", "registered-models/create", 404, name="x")["error_code"], "ENDPOINT_NOT_FOUND")

try:
    import mlflow
except ImportError:
    print("the package mlflow is not installed: its own client was not run")
else:
    mlflow.set_tracking_uri(HOST)
    mlflow.set_experiment("client")
    with mlflow.start_run() as active:
        mlflow.log_param("lr", 0.1)
        mlflow.log_metric("loss", 0.25, step=3)
        mlflow.log_text("hello", "notes/a.txt")
    logged = mlflow.get_run(active.info.run_id)
    check("client", (logged.data.params["lr"], logged.data.metrics["loss"], logged.info.status), ("0.1", 0.25, "FINISHED"))
    check("client's artifacts", [file.path for file in mlflow.MlflowClient().list_artifacts(active.info.run_id, "notes")], ["notes/a.txt"])

sys.exit(1 if failed else 0)
