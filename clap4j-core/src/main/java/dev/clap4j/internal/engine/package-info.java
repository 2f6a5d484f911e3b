/** Engines, which run networks; the one in use is ONNX Runtime. */
package dev.clap4j.internal.engine;
