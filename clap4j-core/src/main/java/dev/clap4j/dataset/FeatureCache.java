package dev.clap4j.dataset;

import dev.clap4j.ClapException;
import dev.clap4j.Precision;
import dev.clap4j.Progress;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ClipImageModel;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.FileDigests;
import dev.clap4j.internal.run.Blocks;
import dev.clap4j.internal.run.Steps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A persistent cache of image features.
 *
 * <p>A feature is identified by what it depends on: the encoder's fingerprint (model, preprocessing and precision), and
 * the content of the image file, wherever it is. Features are written atomically in chunks as they are computed, so a
 * killed run can be resumed. Chunks have checksums, and damaged ones are recomputed. If the folder cannot be written,
 * nothing is cached. Several processes may share a folder.
 */
public final class FeatureCache {
    /** Images per chunk: a few seconds of work, which is the loss if a run is killed. */
    private static final int CHUNK = 64;

    private final Path folder;
    private final FileDigests digests;
    private final Consumer<String> warnings;

    /**
     * Creates a cache in a folder, which is created on first use.
     *
     * @param warnings receives damaged files, and the reason if nothing can be cached
     */
    public FeatureCache(Path folder, Consumer<String> warnings) {
        this.folder = folder;
        this.digests = FileDigests.in(folder);
        this.warnings = warnings;
    }

    /**
     * Returns a model's features of images; the image encoder is loaded only if an image is not cached.
     *
     * @param progress receives the number of images done
     * @return {@code [n, D]} in the order of the files, not normalised
     */
    public FeatureMatrix encode(ClipModel clip, List<Path> files, Progress progress) {
        return encode(
                fingerprint(clip),
                clip.embedDim(),
                files,
                (missing, steps) -> clip.images().encode(missing, steps),
                progress);
    }

    /**
     * Returns the features of images, from the cache as far as possible.
     *
     * @param fingerprint identifies the encoder and its preprocessing
     * @param dim the dimension D of the features
     * @param encoder maps image files to their features {@code [n, D]}, in order, advancing the steps
     * @param progress receives the number of images done
     * @return {@code [n, D]} in the order of the files, whose names are the ids
     */
    public FeatureMatrix encode(
            String fingerprint,
            int dim,
            List<Path> files,
            BiFunction<List<Path>, Steps, FeatureMatrix> encoder,
            Progress progress) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("There are no images to encode");
        }
        FeatureChunks chunks = chunks(fingerprint, dim);
        List<String> keys =
                files.parallelStream().map(file -> key(file, digest(file))).toList();
        return encode(
                chunks,
                dim,
                files,
                keys,
                (missing, known, steps) -> encode(missing, known, steps, encoder, chunks),
                progress);
    }

    /**
     * Returns a model's features of images in archives, tables and lists; these are read again only if an image is not
     * cached.
     *
     * @param progress receives the number of images done
     * @return {@code [n, D]} in the order of the data set's files, not normalised
     */
    public FeatureMatrix encode(ClipModel clip, LabelledSources images, Progress progress) {
        FeatureChunks chunks = chunks(fingerprint(clip), clip.embedDim());
        List<Path> files = images.dataset().files();
        List<String> keys = files.stream()
                .map(file -> key(file, Optional.of(images.digest(file)).filter(digest -> !digest.isEmpty())))
                .toList();
        return encode(
                chunks,
                clip.embedDim(),
                files,
                keys,
                (missing, known, steps) -> encode(clip, images, missing, known, steps, chunks),
                progress);
    }

    /** Encodes the images that are not cached, keeps their features, and adds them to those that are known. */
    private interface Encoding {
        void run(Map<String, Path> missing, Map<String, float[]> known, Steps steps);
    }

    private static FeatureMatrix encode(
            FeatureChunks chunks, int dim, List<Path> files, List<String> keys, Encoding encoding, Progress progress) {
        Map<String, Path> missing = new LinkedHashMap<>();
        for (int i = 0; i < files.size(); i++) {
            missing.put(keys.get(i), files.get(i));
        }
        Map<String, float[]> known = chunks.read(missing.keySet());
        long found = keys.stream().filter(known::containsKey).count();
        Steps steps = Steps.begin(progress, "images", files.size(), found);
        missing.keySet().removeAll(known.keySet());
        if (!missing.isEmpty()) {
            encoding.run(missing, known, steps);
        }
        return FeatureMatrix.ofRows(
                files.stream().map(Path::toString).toList(),
                dim,
                keys.stream().map(known::get).toList());
    }

    private void encode(
            Map<String, Path> missing,
            Map<String, float[]> known,
            Steps steps,
            BiFunction<List<Path>, Steps, FeatureMatrix> encoder,
            FeatureChunks chunks) {
        for (List<String> part : Blocks.of(List.copyOf(missing.keySet()), CHUNK)) {
            List<Path> images = part.stream().map(missing::get).toList();
            FeatureMatrix encoded = encoder.apply(images, steps);
            for (int i = 0; i < part.size(); i++) {
                known.put(part.get(i), encoded.row(i));
            }
            chunks.write(unchanged(part, images, encoded));
        }
    }

    private static void encode(
            ClipModel clip,
            LabelledSources images,
            Map<String, Path> missing,
            Map<String, float[]> known,
            Steps steps,
            FeatureChunks chunks) {
        Map<Path, String> keys = new HashMap<>();
        missing.forEach((key, image) -> keys.put(image, key));
        Map<String, float[]> unsaved = new LinkedHashMap<>();
        try {
            images.encode(clip, keys.keySet(), steps, (image, row) -> {
                String key = keys.get(LabelledSources.path(image));
                known.put(key, row);
                if (image.content().digest().equals(key)) { // It was not changed meanwhile.
                    unsaved.put(key, row);
                }
                if (unsaved.size() >= CHUNK) {
                    save(unsaved, clip.embedDim(), chunks);
                }
            });
        } finally {
            save(unsaved, clip.embedDim(), chunks);
        }
    }

    private static void save(Map<String, float[]> rows, int dim, FeatureChunks chunks) {
        if (!rows.isEmpty()) {
            chunks.write(FeatureMatrix.ofRows(List.copyOf(rows.keySet()), dim, List.copyOf(rows.values())));
            rows.clear();
        }
    }

    /** Returns the number of images a model has yet to encode, counting identical files once. */
    public long missing(ClipModel clip, List<Path> files) {
        Set<String> keys =
                files.parallelStream().map(file -> key(file, digest(file))).collect(Collectors.toSet());
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

    /** Returns the rows of files that were not changed during encoding, under their keys. */
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

    /** Returns the key of a feature: the digest of the image's content or, if it has none, its file name. */
    private static String key(Path file, Optional<String> digest) {
        return digest.orElseGet(() -> "no content: " + file);
    }

    /** Returns an empty digest for a file that cannot be read; the encoder will report the reason. */
    private Optional<String> digest(Path file) {
        try {
            return Optional.of(digests.of(file));
        } catch (ClapException e) {
            return Optional.empty();
        }
    }
}
