package dev.clap4j.dataset;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.UnreadableImage;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.EncodedImages;
import dev.clap4j.internal.dataset.ImageCursor;
import dev.clap4j.internal.dataset.ImageSource;
import dev.clap4j.internal.dataset.ImageSources;
import dev.clap4j.internal.dataset.SourceImage;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.ImageLoading;
import dev.clap4j.internal.run.Steps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Labelled images in archives, tables and lists. Their ids stand for the paths of a data set; the images are read anew in
 * every pass, as a stream.
 */
public final class LabelledSources implements ImageCollection<LabelledSources> {
    /** Images that are in memory at once when they are looked at in parallel. */
    static final int AT_ONCE = 16;

    private final List<ImageSource> sources;
    private final Dataset dataset;
    private final Map<Path, String> digests;

    LabelledSources(List<ImageSource> sources, Dataset dataset, Map<Path, String> digests) {
        this.sources = sources;
        this.dataset = dataset;
        this.digests = digests;
    }

    /**
     * Reads which images there are, of which class and domain. Without domains, all are in one.
     *
     * @param root the file or folder that the images' ids begin with
     * @param progress receives the number of images read
     * @param warnings receives what is left out
     * @throws ClapException if a source is malformed, no image has a label, or the domains differ in their classes
     */
    public static LabelledSources read(
            Path root, List<ImageSource> sources, Progress progress, Consumer<String> warnings) {
        return new LabelledSourcesReader(root, sources, warnings).read(progress);
    }

    /** Returns the data set; its paths are the images' ids. */
    public Dataset dataset() {
        return dataset;
    }

    /** Returns these sources with some of the images, or with other classes. */
    public LabelledSources with(Dataset other) {
        return new LabelledSources(sources, other, digests);
    }

    /** Returns whether the classes are numbers, which may stand for names. */
    public boolean isNumbered() {
        return dataset.classes().stream().allMatch(name -> name.matches("\\d{1,9}"));
    }

    /**
     * Returns these images with names for the numbers of their classes.
     *
     * @param names the names of 0, 1, 2, …; if all classes are among them already, nothing changes
     * @throws ClapException if a number has no name
     */
    public LabelledSources named(List<String> names) {
        return names.containsAll(dataset.classes()) ? this : with(NumberedClasses.named(dataset, names));
    }

    /** Returns the fingerprint of the data set, see {@link DatasetFingerprint}. */
    public String fingerprint() {
        return DatasetFingerprint.of(dataset, digests::get);
    }

    /** Returns the digest of an image; empty if it cannot be read. */
    String digest(Path image) {
        return digests.get(image);
    }

    @Override
    public int size() {
        return dataset.size();
    }

    @Override
    public List<UnreadableImage> unreadable() {
        return dataset.unreadable();
    }

    @Override
    public LabelledSources readable(Progress progress) {
        Set<Path> wanted = new HashSet<>(dataset.files());
        Steps steps = Steps.begin(progress, "checking images", wanted.size());
        Map<Path, UnreadableImage> bad = new HashMap<>();
        try (ImageCursor images = ImageSources.open(sources)) {
            while (images.hasNext()) {
                List<SourceImage> some = some(images, image -> wanted.contains(path(image)));
                some.parallelStream()
                        .flatMap(LabelledSources::unreadable)
                        .toList()
                        .forEach(image -> bad.put(image.file(), image));
                steps.advance(some.size());
            }
        }
        return with(dataset.without(
                dataset.files().stream().filter(bad::containsKey).map(bad::get).toList()));
    }

    private static Stream<UnreadableImage> unreadable(SourceImage image) {
        try {
            image.content().decode(DecodeOptions.defaults(), bitmap -> bitmap);
            return Stream.empty();
        } catch (ClapException e) {
            return Stream.of(new UnreadableImage(path(image), e.getMessage()));
        }
    }

    /** Returns the next images of a pass. */
    static List<SourceImage> some(ImageCursor images, Predicate<SourceImage> wanted) {
        List<SourceImage> some = new ArrayList<>();
        while (some.size() < AT_ONCE && images.hasNext()) {
            Optional.of(images.next()).filter(wanted).ifPresent(some::add);
        }
        return some;
    }

    static Path path(SourceImage image) {
        return Path.of(image.id());
    }

    /**
     * Returns the features of all images.
     *
     * @param steps advanced by the number of images done
     * @return {@code [n, D]} in the order of the data set's files, not normalised
     * @throws ClapException if an image cannot be decoded
     */
    public FeatureMatrix encode(ClipModel clip, Steps steps) {
        List<Path> files = dataset.files();
        Map<Path, float[]> rows = new HashMap<>();
        encode(clip, Set.copyOf(files), steps, (image, row) -> rows.put(path(image), row));
        return FeatureMatrix.ofRows(
                files.stream().map(Path::toString).toList(),
                clip.embedDim(),
                files.stream().map(rows::get).toList());
    }

    /** Encodes some images, in the order of the sources, and hands on each with its feature. */
    void encode(ClipModel clip, Set<Path> wanted, Steps steps, BiConsumer<SourceImage, float[]> use) {
        ImageLoading loading = ImageLoading.defaults();
        try (ImageCursor images = ImageSources.open(sources)) {
            Wanted some = new Wanted(images, wanted);
            try (EncodedImages<SourceImage> encoded = clip.images().stream(
                    some,
                    loading,
                    image -> image.pixels(clip.images().preprocessing(), loading.decoding()),
                    SourceImage::id,
                    steps)) {
                while (encoded.hasNext()) {
                    FeatureMatrix batch = encoded.next();
                    for (int i = 0; i < batch.rows(); i++) {
                        use.accept(some.take(batch.ids().get(i)), batch.row(i));
                    }
                }
            }
            some.requireAll();
        }
    }

    /** The images of a pass that are wanted, which are kept until they are encoded. */
    private static final class Wanted implements Iterator<SourceImage> {
        private final ImageCursor images;
        private final Set<Path> left;
        private final Map<String, SourceImage> ahead = new HashMap<>();
        private SourceImage next;

        Wanted(ImageCursor images, Set<Path> wanted) {
            this.images = images;
            this.left = new HashSet<>(wanted);
        }

        @Override
        public boolean hasNext() {
            while (next == null && !left.isEmpty() && images.hasNext()) {
                SourceImage image = images.next();
                next = left.remove(path(image)) ? image : null;
            }
            return next != null;
        }

        @Override
        public SourceImage next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            SourceImage image = next;
            next = null;
            ahead.put(image.id(), image);
            return image;
        }

        SourceImage take(String id) {
            return ahead.remove(id);
        }

        void requireAll() {
            if (!left.isEmpty()) {
                throw new ClapException(left.iterator().next() + " is not there any more; run the command again");
            }
        }
    }
}
