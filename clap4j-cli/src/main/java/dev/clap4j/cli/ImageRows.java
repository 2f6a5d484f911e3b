package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.UnreadableImage;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.clip.EncodedImages;
import dev.clap4j.internal.dataset.ImageContent;
import dev.clap4j.internal.dataset.SourceImage;
import dev.clap4j.internal.image.ImageLoading;
import dev.clap4j.internal.run.Steps;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The rows of images, in order, as far as they are encoded. */
final class ImageRows {
    private final Map<String, float[]> kept;
    private final List<Row> rows = new ArrayList<>();

    /** An image and, once it is encoded, its feature. */
    private static final class Row {
        private final String id;
        private final Supplier<String> key;
        private float[] feature;

        Row(String id, Supplier<String> key) {
            this.id = id;
            this.key = key;
        }
    }

    private record Placed(int row, SourceImage image) {}

    /**
     * Creates an empty list.
     *
     * @param kept features that are known, by the digest of the image
     */
    ImageRows(Map<String, float[]> kept) {
        this.kept = kept;
    }

    /** Encodes images whose features are not known, up to a number of all. */
    void add(
            ClipImageModel encoder,
            Iterator<SourceImage> images,
            long most,
            Steps steps,
            UnreadableOption unreadable,
            PrintWriter err) {
        ImageLoading loading = ImageLoading.defaults().withSkipUnreadable(unreadable.isSkipped());
        try (EncodedImages<Placed> encoded = encoder.stream(
                new Unknown(images, most, steps),
                loading,
                placed -> placed.image.pixels(encoder.preprocessing(), loading.decoding()),
                placed -> Integer.toString(placed.row),
                steps)) {
            try {
                encoded.forEachRemaining(this::fill);
            } finally {
                List<UnreadableImage> skipped = encoded.skipped().stream()
                        .map(image -> new UnreadableImage(
                                Path.of(image.image().image().id()),
                                image.reason().getMessage()))
                        .toList();
                unreadable.images().add(skipped, err, rows.size());
            }
        }
    }

    private void fill(FeatureMatrix batch) {
        for (int i = 0; i < batch.rows(); i++) {
            rows.get(Integer.parseInt(batch.ids().get(i))).feature = batch.row(i);
        }
    }

    /** The images whose features are not known; every image that it passes gets a row. */
    private final class Unknown implements Iterator<Placed> {
        private final Iterator<SourceImage> images;
        private final Steps steps;
        private long left;
        private Placed ahead;

        Unknown(Iterator<SourceImage> images, long most, Steps steps) {
            this.images = images;
            this.left = most;
            this.steps = steps;
        }

        @Override
        public boolean hasNext() {
            while (ahead == null && left > 0 && images.hasNext()) {
                left--;
                SourceImage image = images.next();
                Row row = new Row(image.id(), key(image));
                rows.add(row);
                row.feature = kept.isEmpty() ? null : kept.get(row.key.get());
                if (row.feature == null) {
                    ahead = new Placed(rows.size() - 1, image);
                } else {
                    steps.add(1);
                }
            }
            return ahead != null;
        }

        @Override
        public Placed next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Placed next = ahead;
            ahead = null;
            return next;
        }
    }

    /** Returns the digest of an image, computed when it is needed if the image can be read again then. */
    private static Supplier<String> key(SourceImage image) {
        if (image.content() instanceof ImageContent.InMemory content) {
            String digest = content.digest();
            return () -> digest;
        }
        return () -> {
            try {
                return image.content().digest();
            } catch (ClapException e) {
                return "no content: " + image.id(); // The encoder reports it.
            }
        };
    }

    /** Returns the finished rows by the digests of their images. */
    Map<String, float[]> finished() {
        Map<String, float[]> finished = new LinkedHashMap<>();
        rows.stream().filter(row -> row.feature != null).forEach(row -> finished.put(row.key.get(), row.feature));
        return finished;
    }

    /** Returns the number of images, finished or not. */
    int size() {
        return rows.size();
    }

    /** Returns the finished rows. */
    FeatureMatrix matrix(int dim) {
        int[] finished = IntStream.range(0, rows.size())
                .filter(i -> Objects.nonNull(rows.get(i).feature))
                .toArray();
        return FeatureMatrix.ofRows(
                IntStream.of(finished).mapToObj(i -> rows.get(i).id).toList(),
                dim,
                IntStream.of(finished).mapToObj(i -> rows.get(i).feature).toList());
    }
}
