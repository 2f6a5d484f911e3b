package dev.clap4j.pretraining;

import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.UnreadableImage;
import dev.clap4j.dataset.CaptionedImages;
import dev.clap4j.dataset.ImageCollection;
import dev.clap4j.internal.image.DecodeOptions;
import dev.clap4j.internal.image.Preprocessing;
import dev.clap4j.internal.image.ReadableImages;
import dev.clap4j.internal.run.Streams;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * A folder of images with captions in a file {@code captions.jsonl}, with one line {@code {"image":
 * "relative/path.png", "caption": "…"}} for each image. Every epoch visits all images in a new order.
 */
public final class CaptionedFolder implements CaptionedImages, ImageCollection<CaptionedFolder> {
    /** The name of the captions file. */
    public static final String CAPTIONS = "captions.jsonl";

    private final CaptionFile captions;
    private final List<UnreadableImage> unreadable;
    private final long seed;
    private final Preprocessing preprocessing;
    private final Streams streams;
    private final Map<Long, int[]> orders = new ConcurrentHashMap<>();

    private CaptionedFolder(CaptionFile captions, List<UnreadableImage> unreadable, int imageSize, long seed) {
        this.captions = captions;
        this.unreadable = unreadable;
        this.seed = seed;
        this.preprocessing = Preprocessing.openAi(imageSize);
        this.streams = new Streams(seed);
    }

    /**
     * Opens a folder and checks its captions; images are decoded on demand.
     *
     * @param imageSize the side to which images are resized and cropped, as in CLIP
     * @param seed the seed of the order
     * @throws ClapException if there are no captions, a line is malformed, or an image is missing
     */
    public static CaptionedFolder open(Path folder, int imageSize, long seed) {
        return new CaptionedFolder(
                CaptionFile.read(Objects.requireNonNull(folder, "folder"), CAPTIONS), List.of(), imageSize, seed);
    }

    /** Returns the number of captioned images. */
    @Override
    public int size() {
        return captions.lines().size();
    }

    /**
     * Returns this folder without the images that cannot be decoded.
     *
     * @param progress notified of every image checked
     * @throws ClapException if no image is left
     */
    @Override
    public CaptionedFolder readable(Progress progress) {
        List<Path> images = captions.lines().stream()
                .map(CaptionFile.Line::image)
                .distinct()
                .toList();
        List<UnreadableImage> bad = ReadableImages.unreadable(images, DecodeOptions.defaults(), progress);
        CaptionFile left =
                captions.without(bad.stream().map(UnreadableImage::file).collect(Collectors.toSet()));
        if (left.lines().isEmpty()) {
            throw new ClapException(
                    "None of the images can be decoded: " + bad.get(0).reason());
        }
        return new CaptionedFolder(left, bad, preprocessing.size(), seed);
    }

    /** Returns the images that were left out because they cannot be decoded. */
    @Override
    public List<UnreadableImage> unreadable() {
        return unreadable;
    }

    private CaptionFile.Line line(long index) {
        long pass = index / captions.lines().size();
        int place = (int) (index % captions.lines().size());
        return captions.lines().get(order(pass)[place]);
    }

    private int[] order(long pass) {
        int[] order = orders.get(pass);
        if (order == null) {
            order = shuffled(pass);
            // Batches prepared at the same time belong to at most two epochs, unless epochs are very short.
            orders.keySet().removeIf(other -> other < pass - 1);
            orders.put(pass, order);
        }
        return order;
    }

    private int[] shuffled(long pass) {
        int[] order = new int[captions.lines().size()];
        RandomGenerator random = streams.get("captioned-folder order", pass);
        for (int i = 0; i < order.length; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    @Override
    public int imageSize() {
        return preprocessing.size();
    }

    @Override
    public String caption(long index) {
        return line(index).caption();
    }

    @Override
    public byte[] pixels(long index) {
        return preprocessing.pixels(line(index).image(), DecodeOptions.defaults());
    }

    @Override
    public Map<String, String> describe() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kind", "folder");
        facts.put("images", String.valueOf(captions.lines().size()));
        facts.put("captions-fingerprint", captions.fingerprint());
        return facts;
    }
}
