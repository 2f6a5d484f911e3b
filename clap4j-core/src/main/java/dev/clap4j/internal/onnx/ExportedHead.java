package dev.clap4j.internal.onnx;

import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.ResidualMlp;

/**
 * A disentangled network to fold into a graph behind an encoder.
 *
 * @param network its geometry
 * @param weights its tensors
 * @param alpha the strength α of its residual
 */
public record ExportedHead(ResidualMlp network, TensorSource weights, float alpha) {}
