package dev.clap4j.head;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.io.TensorFile;
import dev.clap4j.internal.io.TensorInfo;
import dev.clap4j.internal.io.UnwrappedFile;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ResidualMlp;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads heads in clap4j's and in the authors' format, checking every tensor. */
final class HeadFile {
    /** Tensors that identify a file in the authors' format. */
    private static final Set<String> LANDMARKS =
            Set.of(TrainedOn.TEXT.prefix() + "linear.weight", TrainedOn.IMAGES.prefix() + "linear.weight");

    private final TensorFile file;
    private final Path path;

    private HeadFile(TensorFile file) {
        this.file = file;
        this.path = file.path();
    }

    static Head read(Path path, TrainedOn which) {
        HeadFile head = new HeadFile(UnwrappedFile.of(TensorFile.open(path), LANDMARKS));
        HeadMetadata metadata = new HeadMetadata(path, head.file.metadata());
        return metadata.isOurs() ? head.ours(metadata) : head.authors(which);
    }

    private Head ours(HeadMetadata metadata) {
        ResidualMlp network = metadata.network();
        requireNothingElse(network, "", "its metadata does not account for the tensor ");
        return new Head(path.toString(), network, metadata.info(), tensors(network, ""));
    }

    private void requireNothingElse(ResidualMlp network, String prefix, String otherwise) {
        Set<String> expected = network.shapes().asMap().keySet();
        for (String name : file.names()) {
            if (name.startsWith(prefix) && !expected.contains(name.substring(prefix.length()))) {
                throw bad(otherwise + Names.brief(name));
            }
        }
    }

    /** Infers the geometry from the tensors; all of the authors' configurations use SiLU. */
    private Head authors(TrainedOn which) {
        String prefix = which.prefix();
        long[] linear = matrix(prefix + "linear.weight", which);
        long[] projection = matrix(prefix + "projection.weight", which);
        int repeat = 0;
        while (file.contains(prefix + "latent_linear." + repeat + ".1.weight")) {
            repeat++;
        }
        ResidualMlp network =
                new ResidualMlp((int) linear[1], (int) linear[0], (int) projection[0], repeat, Activation.SILU);
        requireNothingElse(network, prefix, "the authors' network has no tensor ");
        return new Head(path.toString(), network, HeadInfo.UNKNOWN, tensors(network, prefix));
    }

    private long[] matrix(String name, TrainedOn which) {
        if (!file.contains(name)) {
            TrainedOn other = which == TrainedOn.TEXT ? TrainedOn.IMAGES : TrainedOn.TEXT;
            throw bad(
                    file.contains(name.replace(which.prefix(), other.prefix()))
                            ? "it has no network trained on " + words(which) + ", but one trained on " + words(other)
                                    + "; ask for that one"
                            : "it has no tensor " + name + "; a head is a file that clap4j wrote, or one with the "
                                    + "authors' names");
        }
        long[] shape = file.info(name).shape();
        if (shape.length != 2 || Arrays.stream(shape).anyMatch(extent -> extent < 1 || extent > Integer.MAX_VALUE)) {
            throw bad("tensor " + name + " should be a matrix, but has the shape " + Arrays.toString(shape));
        }
        return shape;
    }

    private static String words(TrainedOn which) {
        return which == TrainedOn.TEXT ? "text" : "images";
    }

    /** Copies the tensors: heads are small, and the file may be rewritten while the head is in use. */
    private Map<String, TensorData> tensors(ResidualMlp network, String prefix) {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        network.shapes()
                .asMap()
                .forEach((name, shape) -> tensors.put(
                        name, TensorData.of(name, checked(prefix + name, shape).toFloats(), shape)));
        return tensors;
    }

    private TensorData checked(String name, long[] shape) {
        if (!file.contains(name)) {
            throw bad("tensor " + name + " " + Arrays.toString(shape) + " is missing");
        }
        TensorInfo info = file.info(name);
        if (!Arrays.equals(info.shape(), shape)) {
            throw bad("tensor " + name + " should have the shape " + Arrays.toString(shape) + ", but has "
                    + Arrays.toString(info.shape()));
        }
        if (!info.type().isFloat()) {
            throw bad("tensor " + name + " should hold floating-point numbers, but holds " + info.type());
        }
        TensorData tensor = file.get(name);
        checkFinite(name, tensor);
        return tensor;
    }

    private void checkFinite(String name, TensorData tensor) {
        for (int i = 0; i < tensor.elements(); i++) {
            if (!Float.isFinite(tensor.floatAt(i))) {
                throw bad("tensor " + name + " holds " + tensor.floatAt(i) + " at place " + i
                        + "; its training went astray, or the file is damaged");
            }
        }
    }

    private ClapException bad(String what) {
        return new ClapException("Cannot use the head " + path + ": " + what);
    }
}
