package dev.clap4j.internal.onnx;

import static dev.clap4j.internal.onnx.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.internal.engine.Input;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.image.PreprocessingStep.CentreCrop;
import dev.clap4j.internal.image.PreprocessingStep.Fit;
import dev.clap4j.internal.image.PreprocessingStep.Resize;
import dev.clap4j.internal.image.PreprocessingStep.Rounding;
import dev.clap4j.internal.image.Resampling;
import dev.clap4j.internal.io.DataType;
import dev.clap4j.internal.io.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Preprocessing as part of a graph: resize, centre crop, normalise. */
final class PreprocessingGraph {
    private static final long HEIGHT = 2;
    private static final long WIDTH = 3;

    private final OnnxGraph graph;
    private final OnnxOps ops;

    PreprocessingGraph(OnnxGraph graph, OnnxOps ops) {
        this.graph = graph;
        this.ops = ops;
    }

    /**
     * Declares the input {@code image}, U8 {@code [batch, height, width, 3]}: red, green and blue.
     *
     * @return normalised pixels for the encoder, {@code [batch, 3, size, size]}
     * @throws ClapException if there are no operators for this preprocessing
     */
    OnnxValue pixels(Preprocessing preprocessing) {
        OnnxValue image = graph.input(new Input("image", DataType.U8, -1, -1, -1, 3));
        OnnxValue planes = ops.transpose(image, 0, 3, 1, 2);
        Resize resize = resize(preprocessing);
        Optional<CentreCrop> crop = crop(preprocessing, resize);
        OnnxValue edges = resize.fit() == Fit.SQUASH
                ? graph.integers(resize.length(), resize.length())
                : shortestEdge(planes, resize.length());
        OnnxValue resized = resized(planes, resize.filter(), edges);
        OnnxValue sized = crop.map(centre -> cropped(resized, centre)).orElse(resized);
        OnnxValue floats = graph.node("Cast", 4, List.of(sized), attribute("to", TensorProto.DataType.FLOAT_VALUE));
        // (v / 255 - mean) / std as one factor and one shift per colour
        float[] factor = new float[3];
        float[] shift = new float[3];
        for (int c = 0; c < 3; c++) {
            factor[c] = 1 / (255 * preprocessing.std()[c]);
            shift[c] = -preprocessing.mean()[c] / preprocessing.std()[c];
        }
        return ops.add(ops.multiply(floats, colours("std", factor)), colours("mean", shift));
    }

    private OnnxValue colours(String name, float[] values) {
        return ops.constant(TensorData.of(name, values, 1, 3, 1, 1));
    }

    private static Resize resize(Preprocessing preprocessing) {
        return preprocessing
                .resize()
                .filter(resize -> resize.fit() != Fit.LONGEST_EDGE)
                .orElseThrow(() -> mayNeedABorder(preprocessing));
    }

    private static Optional<CentreCrop> crop(Preprocessing preprocessing, Resize resize) {
        Optional<CentreCrop> crop = preprocessing.steps().stream()
                .filter(CentreCrop.class::isInstance)
                .map(CentreCrop.class::cast)
                .findFirst();
        if (crop.isPresent() && resize.length() < crop.get().size()) {
            throw mayNeedABorder(preprocessing);
        }
        return crop;
    }

    private static ClapException mayNeedABorder(Preprocessing preprocessing) {
        return new ClapException(
                Problem.PREPROCESSING_NOT_EXPORTABLE,
                "This model's preprocessing (" + preprocessing
                        + ") cannot be put into the graph: it may need a border, and only resizing and cropping have"
                        + " operators");
    }

    /** Returns the new height and width: the shorter edge becomes {@code length}, the longer one is rounded down. */
    private OnnxValue shortestEdge(OnnxValue planes, long length) {
        OnnxValue edges = graph.shape(planes, HEIGHT, WIDTH + 1);
        OnnxValue shorter = graph.node(
                "Min", 1, List.of(graph.shape(planes, HEIGHT, WIDTH), graph.shape(planes, WIDTH, WIDTH + 1)));
        OnnxValue scaled = graph.node("Mul", 1, List.of(edges, graph.integers(length)));
        return graph.node("Div", 1, List.of(scaled, shorter));
    }

    private OnnxValue resized(OnnxValue planes, Resampling filter, OnnxValue edges) {
        OnnxValue extents = graph.node("Concat", 1, List.of(graph.shape(planes, 0, 2), edges), attribute("axis", 0));
        List<AttributeProto> attributes = new ArrayList<>(List.of(
                attribute("antialias", 1),
                attribute("exclude_outside", 1),
                attribute("coordinate_transformation_mode", "half_pixel"),
                attribute("mode", mode(filter))));
        if (filter == Resampling.BICUBIC) {
            attributes.add(attribute("cubic_coeff_a", -0.5f));
        }
        OnnxValue none = new OnnxValue("", 1);
        return graph.node("Resize", 4, List.of(planes, none, none, extents), attributes.toArray(AttributeProto[]::new));
    }

    private static String mode(Resampling filter) {
        return switch (filter) {
            case BICUBIC -> "cubic";
            case BILINEAR -> "linear";
            default ->
                throw new ClapException(
                        Problem.PREPROCESSING_NOT_EXPORTABLE,
                        "Resampling by " + filter + " cannot be put into the graph, which knows bicubic and bilinear");
        };
    }

    /** Crops the centre; if the margin is odd, rounds its offset as the crop demands. */
    private OnnxValue cropped(OnnxValue planes, CentreCrop crop) {
        long size = crop.size();
        OnnxValue two = graph.integers(2);
        OnnxValue surplus =
                graph.node("Sub", 1, List.of(graph.shape(planes, HEIGHT, WIDTH + 1), graph.integers(size, size)));
        OnnxValue start = graph.node("Div", 1, List.of(surplus, two));
        if (crop.rounding() == Rounding.HALF_EVEN) {
            OnnxValue isOdd = graph.node("Mod", 1, List.of(surplus, two));
            OnnxValue isHalfOdd = graph.node("Mod", 1, List.of(start, two));
            start = graph.node("Add", 1, List.of(start, graph.node("Mul", 1, List.of(isOdd, isHalfOdd))));
        }
        OnnxValue end = graph.node("Add", 1, List.of(start, graph.integers(size, size)));
        return graph.node("Slice", 4, List.of(planes, start, end, graph.integers(HEIGHT, WIDTH)));
    }
}
