package dev.clap4j.internal.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.UnsafeByteOperations;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network as an ONNX file: operators of the standard domain and all weights.
 *
 * <p>Weights are not copied, or rounded, before {@link #write}; their source must stay open until then.
 */
public final class OnnxFile {
    /** The limit of weights inside the model: Protocol Buffers end at 2 GiB; the rest is left for the graph. */
    private static final long LARGEST_WEIGHTS = (2L << 30) - (64L << 20);

    /** Alignment of weights in a weights file, so that they can be memory-mapped. */
    private static final int PAGE = 4096;

    private final OnnxGraph graph;
    private final Map<String, String> metadata = new LinkedHashMap<>();

    OnnxFile(OnnxGraph graph) {
        this.graph = graph;
    }

    /** Adds a metadata property. */
    public OnnxFile with(String property, String value) {
        metadata.put(property, value);
        return this;
    }

    /**
     * Writes the model atomically. Weights that do not fit into one file go into a second one beside it, with the
     * suffix {@code .data}.
     *
     * @return the files written
     * @throws ClapException if a file cannot be written
     */
    public List<Path> write(Path path) {
        return write(path, LARGEST_WEIGHTS);
    }

    /** As {@link #write(Path)}, with another limit on the weights in the first file. */
    List<Path> write(Path path, long largestWeights) {
        Map<String, TensorData> weights = graph.externalWeights();
        long bytes = weights.values().stream()
                .mapToLong(weight -> weight.bytes().remaining())
                .sum();
        if (bytes <= largestWeights) {
            ModelProto whole = model(weights, OnnxFile::inside);
            AtomicFiles.write(path, channel -> whole.writeTo(Channels.newOutputStream(channel)));
            return List.of(path);
        }
        Path data = path.resolveSibling(path.getFileName() + ".data");
        Map<String, Long> offsets = new LinkedHashMap<>();
        String location = String.valueOf(data.getFileName());
        AtomicFiles.writePair(
                data,
                channel -> {
                    for (var weight : weights.entrySet()) {
                        offsets.put(
                                weight.getKey(),
                                append(channel, weight.getValue().bytes()));
                    }
                },
                path,
                channel -> model(
                                weights,
                                (tensor, weight) -> outside(tensor, weight, location, offsets.get(tensor.getName())))
                        .writeTo(Channels.newOutputStream(channel)));
        return List.of(path, data);
    }

    /** Places the bytes of weights. */
    @FunctionalInterface
    private interface Placement {
        void place(TensorProto.Builder tensor, TensorData weight);
    }

    private static void inside(TensorProto.Builder tensor, TensorData weight) {
        tensor.clearDataLocation().clearExternalData().setRawData(UnsafeByteOperations.unsafeWrap(weight.bytes()));
    }

    private static void outside(TensorProto.Builder tensor, TensorData weight, String location, long offset) {
        tensor.clearExternalData()
                .addExternalData(entry("location", location))
                .addExternalData(entry("offset", String.valueOf(offset)))
                .addExternalData(entry("length", String.valueOf(weight.bytes().remaining())));
    }

    private ModelProto model(Map<String, TensorData> weights, Placement placement) {
        ModelProto.Builder model = graph.model().toBuilder();
        GraphProto.Builder nodes = model.getGraphBuilder();
        for (TensorProto.Builder tensor : new ArrayList<>(nodes.getInitializerBuilderList())) {
            TensorData weight = weights.get(tensor.getName());
            if (weight != null) {
                placement.place(tensor, weight);
            }
        }
        metadata.forEach((property, value) -> model.addMetadataProps(entry(property, value)));
        return model.build();
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    /** Appends bytes and returns their position. */
    private static long append(FileChannel channel, ByteBuffer bytes) throws IOException {
        long offset = (channel.position() + PAGE - 1) / PAGE * PAGE;
        channel.position(offset);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return offset;
    }
}
