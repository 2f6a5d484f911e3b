package dev.clap4j.internal.onnx;

import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.nn.ResidualMlp;

/**
 * A disentangled network to be folded into a graph after an encoder.
 *
 * @param network its architecture
 * @param weights its tensors
 * @param alpha the weight α of its residual branch
 */
public record ExportedHead(ResidualMlp network, TensorSource weights, float alpha) {}
