package dev.clap4j.experiment;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.TensorRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A method whose features were computed elsewhere: a file and the tensors to read from it.
 *
 * @param method the method's name
 * @param file a tensor file, or the {@code .npy} file of the image features
 * @param images the tensor of image features
 * @param labels the tensor of labels
 * @param texts the tensors of text features; empty for all that are called {@code texts} or {@code texts.<prompt>}
 */
public record FeatureSource(String method, Path file, String images, String labels, List<String> texts) {
    static final String IMAGES = "images";
    static final String LABELS = "labels";
    static final String DOMAINS = "domains";
    static final String TEXTS = "texts";

    /** Makes the list unmodifiable. */
    public FeatureSource {
        texts = List.copyOf(texts);
        if (method.isBlank()) {
            throw new ClapException("The features of " + file + " need a name, as in CLIP=a.safetensors");
        }
    }

    /**
     * Parses {@code [NAME=]FILE[#IMAGES[,LABELS[,TEXTS…]]]}, such as {@code CLIP=caltech101.safetensors#test,test_labels}.
     * A method without a name is called by its file; an empty tensor name is the usual one.
     *
     * @throws ClapException if there is no file
     */
    public static FeatureSource parse(String text) {
        int equals = text.indexOf('=');
        boolean isNamed = equals > 0
                && !text.substring(0, equals).contains("/")
                && !Files.exists(TensorRef.parse(text).file());
        TensorRef ref = TensorRef.parse(isNamed ? text.substring(equals + 1) : text);
        List<String> names =
                Arrays.stream(ref.name().split(",")).map(String::strip).toList();
        return new FeatureSource(
                isNamed ? text.substring(0, equals).strip() : stem(ref.file()),
                ref.file(),
                name(names, 0, IMAGES),
                name(names, 1, LABELS),
                names.stream().skip(2).filter(name -> !name.isEmpty()).toList());
    }

    private static String name(List<String> names, int index, String usual) {
        return names.size() <= index || names.get(index).isEmpty() ? usual : names.get(index);
    }

    /** Returns the file's name without its extension. */
    static String stem(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("(?<=.)\\.[^.]*$", "");
    }
}
