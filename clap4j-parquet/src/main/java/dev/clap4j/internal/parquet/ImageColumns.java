package dev.clap4j.internal.parquet;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.Names;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.parquet.format.Type;

/**
 * The columns that are read.
 *
 * @param image the encoded images
 * @param label the classes: texts or numbers
 * @param domain the domains: texts or numbers
 */
record ImageColumns(Leaf image, Optional<Leaf> label, Optional<Leaf> domain) {
    private static final String BYTES = "bytes";
    private static final List<String> IMAGES = List.of("image", "img", "picture", "photo", "jpg", "png", "webp");
    private static final List<String> LABELS = List.of("label", "class", "labels");
    private static final List<String> DOMAINS = List.of("domain");

    /** Finds the columns by type and name. */
    static ImageColumns of(Path file, List<Leaf> leaves) {
        List<Leaf> images = leaves.stream()
                .filter(leaf -> leaf.type() == Type.BYTE_ARRAY && !leaf.isText() && leaf.repeated() == 0)
                .filter(leaf -> leaf.isTop()
                        || (leaf.path().size() == 2 && leaf.path().get(1).equals(BYTES)))
                .toList();
        List<Leaf> named = images.stream()
                .filter(leaf -> IMAGES.contains(leaf.path().get(0)))
                .toList();
        List<Leaf> chosen = images.size() == 1 ? images : named;
        if (chosen.size() != 1) {
            String columns = Names.preview((images.isEmpty() ? leaves : images)
                    .stream().map(Leaf::name).toList());
            throw new ClapException(file
                    + (images.isEmpty()
                            ? " has no column of images: bytes, or a struct with a field " + BYTES + "; it has "
                            : " has several columns of bytes, and which holds the images cannot be told: ")
                    + columns
                    + (images.isEmpty() ? "" : "; call one of them image"));
        }
        return new ImageColumns(chosen.get(0), named(file, leaves, LABELS), named(file, leaves, DOMAINS));
    }

    private static Optional<Leaf> named(Path file, List<Leaf> leaves, List<String> names) {
        Predicate<Leaf> readable =
                leaf -> leaf.repeated() == 0 && leaf.isTop() && (leaf.isNumber() || leaf.type() == Type.BYTE_ARRAY);
        List<Leaf> found = names.stream()
                .flatMap(name ->
                        leaves.stream().filter(leaf -> leaf.path().get(0).equals(name)))
                .limit(1)
                .toList();
        for (Leaf leaf : found) {
            if (!readable.test(leaf)) {
                throw new ClapException("The column " + leaf.name() + " of " + file
                        + " should hold texts or whole numbers, one for each image, but holds "
                        + (leaf.repeated() > 0 || !leaf.isTop() ? "lists or groups" : leaf.type()));
            }
        }
        return found.stream().findFirst();
    }

    /** Returns the columns that are there. */
    Stream<Leaf> all() {
        return Stream.of(Optional.of(image), label, domain).flatMap(Optional::stream);
    }
}
