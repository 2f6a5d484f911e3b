package dev.clap4j.dataset;

import dev.clap4j.ClapException;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.engine.Precision;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.FileDigests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * Image features that outlive the run that computed them.
 *
 * <p>A feature is found again by what it depends on: the encoder's fingerprint (the model's, the preprocessing's and the
 * precision), and the content of the image file, wherever it lies. Features are written in chunks as they are computed, each
 * chunk whole or not at all, so a killed run goes on where it was. Chunks carry checksums, and what is damaged is computed
 * anew. A folder that cannot be written is done without. Several processes may share a folder.
 */
public final class FeatureCache {
    /** Images in a chunk: some seconds' work, which is what a killed run loses. */
    private static final int CHUNK = 64;

    private final Path folder;
    private final FileDigests digests;
    private final Consumer<String> warnings;

    /**
     * A cache in a folder, which is made when first needed.
     *
     * @param warnings told of damaged files, and if nothing can be kept
     */
    public FeatureCache(Path folder, Consumer<String> warnings) {
        this.folder = folder;
        this.digests = FileDigests.in(folder);
        this.warnings = warnings;
    }

    /**
     * A model's features of images; its image encoder is only made ready if an image is not known yet.
     *
     * @param progress told how many more images are known or encoded
     * @return {@code [n, D]} in the order of the files, not normalised
     */
    public FeatureMatrix encode(ClipModel clip, List<Path> files, IntConsumer progress) {
        return encode(
                fingerprint(clip),
                clip.embedDim(),
                files,
                (missing, done) -> clip.images().encode(missing, done),
                progress);
    }

    /**
     * The features of images, from the cache where they are known.
     *
     * @param fingerprint identifies the encoder and what is done to images before it
     * @param dim the dimension D of the features
     * @param encoder maps image files to their features {@code [n, D]}, in order, telling how many more are done
     * @param progress told how many more images are known or encoded
     * @return {@code [n, D]} in the order of the files, whose names are the ids
     */
    public FeatureMatrix encode(
            String fingerprint,
            int dim,
            List<Path> files,
            BiFunction<List<Path>, IntConsumer, FeatureMatrix> encoder,
            IntConsumer progress) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("There are no images to encode");
        }
        FeatureChunks chunks = chunks(fingerprint, dim);
        List<String> keys = files.parallelStream().map(this::key).toList();
        Map<String, Path> missing = new LinkedHashMap<>();
        for (int i = 0; i < files.size(); i++) {
            missing.put(keys.get(i), files.get(i));
        }
        Map<String, float[]> known = chunks.read(missing.keySet());
        progress.accept((int) keys.stream().filter(known::containsKey).count());
        missing.keySet().removeAll(known.keySet());
        List<String> open = List.copyOf(missing.keySet());
        for (int start = 0; start < open.size(); start += CHUNK) {
            List<String> part = open.subList(start, Math.min(open.size(), start + CHUNK));
            List<Path> images = part.stream().map(missing::get).toList();
            FeatureMatrix encoded = encoder.apply(images, progress);
            for (int i = 0; i < part.size(); i++) {
                known.put(part.get(i), encoded.row(i));
            }
            chunks.write(unchanged(part, images, encoded));
        }
        return FeatureMatrix.ofRows(
                files.stream().map(Path::toString).toList(),
                dim,
                keys.stream().map(known::get).toList());
    }

    /** How many images a model has yet to encode; the same picture counts once. */
    public long missing(ClipModel clip, List<Path> files) {
        Set<String> keys = files.parallelStream().map(this::key).collect(Collectors.toSet());
        keys.removeAll(chunks(fingerprint(clip), clip.embedDim()).read(keys).keySet());
        return keys.size();
    }

    private static String fingerprint(ClipModel clip) {
        Precision precision = clip.engine().precision();
        return clip.checkpoint().contentDigest() + ", "
                + ClipImageModel.preprocessing(clip.checkpoint()).fingerprint()
                + (precision == Precision.FP32 ? "" : ", " + precision);
    }

    private FeatureChunks chunks(String fingerprint, int dim) {
        return new FeatureChunks(
                folder.resolve("features").resolve(Digests.of(fingerprint).substring(0, 16)),
                fingerprint,
                dim,
                warnings);
    }

    /** The rows of those files that were not changed while they were encoded, under the keys of these. */
    private FeatureMatrix unchanged(List<String> keys, List<Path> files, FeatureMatrix encoded) {
        List<String> sure = new ArrayList<>();
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            if (digest(files.get(i)).equals(Optional.of(keys.get(i)))) {
                sure.add(keys.get(i));
                rows.add(encoded.row(i));
            }
        }
        return FeatureMatrix.ofRows(sure, encoded.dim(), rows);
    }

    /** What a feature is kept under: the digest of the image's content; of a file that has none, its name. */
    private String key(Path file) {
        return digest(file).orElseGet(() -> "no content: " + file);
    }

    /** Nothing for a file that cannot be read, or is none: why, the encoder will say. */
    private Optional<String> digest(Path file) {
        try {
            return Optional.of(digests.of(file));
        } catch (ClapException e) {
            return Optional.empty();
        }
    }
}
