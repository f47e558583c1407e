"""Writes SqueezeNet 1.0 and VGG-19 as models whose weights are made by nodes, as those of the format's own light networks are: onnx_networks.py FOLDER

Architectures: Iandola et al. 2016, table 1; Simonyan and Zisserman 2015, table 1, column E. Each weight is 1 / inputs of its sum, so that numbers neither vanish nor grow.
"""
import os
import struct
import sys

from onnx_runtime import attribute, message, value


class Network:
    def __init__(self, name):
        self.name, self.nodes, self.initializers, self.now, self.channels, self.values = name, [], [], "x", 3, 0

    def node(self, operator, *inputs, **attributes):
        self.values += 1
        result = f"v{self.values}"
        self.nodes.append(message(*((1, i) for i in inputs or (self.now,)), (2, result), (3, result), (4, operator), *((5, attribute(*pair)) for pair in attributes.items())))
        return result

    def weights(self, *shape):
        extents = f"shape{len(self.initializers)}"
        self.initializers.append(message((1, len(shape)), (2, 7), (8, extents), (9, struct.pack(f"<{len(shape)}q", *shape))))
        inputs = 1
        for extent in shape[1:]:
            inputs *= extent
        one = message((1, 1), (2, 1), (9, struct.pack("<f", 1 / inputs)))
        self.values += 1
        result = f"w{self.values}"
        self.nodes.append(message((1, extents), (2, result), (4, "ConstantOfShape"), (5, message((1, "value"), (5, one), (20, 4)))))
        return result

    def conv(self, outputs, window, stride=1, pad=0, source=None):
        w, b = self.weights(outputs, self.channels, window, window), self.weights(outputs)
        y = self.node("Conv", source or self.now, w, b, kernel_shape=[window] * 2, strides=[stride] * 2, pads=[pad] * 4)
        return self.node("Relu", y)

    def then(self, outputs, window, stride=1, pad=0):
        self.now = self.conv(outputs, window, stride, pad)
        self.channels = outputs

    def pool(self, window):
        self.now = self.node("MaxPool", kernel_shape=[window] * 2, strides=[2, 2])

    def fire(self, squeeze, expand):
        self.then(squeeze, 1)
        self.now = self.node("Concat", self.conv(expand, 1), self.conv(expand, 3, pad=1), axis=1)
        self.channels = 2 * expand

    def dense(self, inputs, outputs):
        self.now = self.node("Gemm", self.now, self.weights(outputs, inputs), self.weights(outputs), transB=1)

    def save(self, folder):
        self.nodes.append(message((1, self.now), (2, "y"), (4, "Softmax"), (5, attribute("axis", 1))))
        graph = message(*((1, node) for node in self.nodes), (2, self.name), *((5, tensor) for tensor in self.initializers), (11, value("x", (1, 3, 224, 224))), (12, value("y", (1, 1000))))
        with open(os.path.join(folder, f"{self.name}.onnx"), "wb") as file:
            file.write(message((1, 8), (7, graph), (8, message((2, 17)))))


def squeezenet():
    network = Network("squeezenet")
    network.then(96, 7, 2)
    network.pool(3)
    for squeeze, expand in ((16, 64), (16, 64), (32, 128)):
        network.fire(squeeze, expand)
    network.pool(3)
    for squeeze, expand in ((32, 128), (48, 192), (48, 192), (64, 256)):
        network.fire(squeeze, expand)
    network.pool(3)
    network.fire(64, 256)
    network.then(1000, 1)
    network.now = network.node("GlobalAveragePool")
    network.now = network.node("Flatten", axis=1)
    return network


def vgg19():
    network = Network("vgg19")
    for layers, channels in ((2, 64), (2, 128), (4, 256), (4, 512), (4, 512)):
        for _ in range(layers):
            network.then(channels, 3, pad=1)
        network.pool(2)
    network.now = network.node("Flatten", axis=1)
    for inputs in (512 * 7 * 7, 4096):
        network.dense(inputs, 4096)
        network.now = network.node("Relu")
    network.dense(4096, 1000)
    return network


if __name__ == "__main__":
    for made in (squeezenet(), vgg19()):
        made.save(sys.argv[1])
