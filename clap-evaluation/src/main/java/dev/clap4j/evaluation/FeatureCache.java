package dev.clap4j.evaluation;

import dev.clap4j.ClapException;
import dev.clap4j.clip.ClipImageModel;
import dev.clap4j.clip.ClipModel;
import dev.clap4j.engine.Precision;
import dev.clap4j.feature.FeatureFiles;
import dev.clap4j.feature.FeatureMatrix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Image features that outlive the run that computed them.
 *
 * <p>A feature is found again by what it depends on: the encoder's fingerprint (the model's, the preprocessing's and the precision),
 * and the image's path, size and time of change. Features are written in chunks as they are computed, each chunk whole
 * or not at all, so a killed run goes on where it was. The files are features like any others: ids are keys.
 */
public final class FeatureCache {
    /** Images in a chunk: some seconds' work, which is what a killed run loses. */
    private static final int CHUNK = 64;

    private final Path folder;
    private final Consumer<String> warnings;

    /**
     * A cache in a folder, which is made when first needed.
     *
     * @param warnings told of damaged files, which are computed anew
     */
    public FeatureCache(Path folder, Consumer<String> warnings) {
        this.folder = folder;
        this.warnings = warnings;
    }

    /**
     * A model's features of images; its image encoder is only made ready if an image is not known yet.
     *
     * @param progress told how many more images are known or encoded
     * @return {@code [n, D]} in the order of the files, not normalised
     */
    public FeatureMatrix encode(ClipModel clip, List<Path> files, IntConsumer progress) {
        Precision precision = clip.engine().precision();
        String fingerprint = clip.checkpoint().fingerprint() + ", " + ClipImageModel.preprocessing(clip.checkpoint())
                + (precision == Precision.FP32 ? "" : ", " + precision);
        return encode(fingerprint, files, (missing, done) -> clip.images().encode(missing, done), progress);
    }

    /**
     * The features of images, from the cache where they are known.
     *
     * @param fingerprint identifies the encoder and what is done to images before it
     * @param encoder maps image files to their features {@code [n, D]}, in order, telling how many more are done
     * @param progress told how many more images are known or encoded
     * @return {@code [n, D]} in the order of the files, whose names are the ids
     */
    public FeatureMatrix encode(
            String fingerprint,
            List<Path> files,
            BiFunction<List<Path>, IntConsumer, FeatureMatrix> encoder,
            IntConsumer progress) {
        Path chunks = folder.resolve("images").resolve(hash(fingerprint).substring(0, 16));
        Map<String, Path> wanted = new LinkedHashMap<>();
        List<String> keys = new ArrayList<>();
        for (Path file : files) {
            String key = key(file);
            keys.add(key);
            wanted.put(key, file);
        }
        Map<String, float[]> known = new HashMap<>();
        readChunks(chunks, wanted, known);
        progress.accept((int) keys.stream().filter(known::containsKey).count());
        wanted.keySet().removeAll(known.keySet());
        List<String> missing = List.copyOf(wanted.keySet());
        for (int start = 0; start < missing.size(); start += CHUNK) {
            List<String> part = missing.subList(start, Math.min(missing.size(), start + CHUNK));
            List<Path> images = part.stream().map(wanted::get).toList();
            FeatureMatrix encoded = encoder.apply(images, progress).withIds(part);
            FeatureFiles.save(encoded, chunks.resolve(hash(String.join(" ", part)) + ".safetensors"));
            collect(encoded, wanted, known);
        }
        return assemble(files, keys.stream().map(known::get).toList());
    }

    private static FeatureMatrix assemble(List<Path> files, List<float[]> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("There are no images to encode");
        }
        return FeatureMatrix.ofRows(files.stream().map(Path::toString).toList(), rows.get(0).length, rows);
    }

    private void readChunks(Path chunks, Map<String, Path> wanted, Map<String, float[]> known) {
        if (!Files.isDirectory(chunks)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> entries = Files.list(chunks)) {
            files = entries.filter(path -> path.toString().endsWith(".safetensors"))
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ClapException("Cannot read the cached features in " + chunks + ": " + e, e);
        }
        for (Path file : files) {
            try {
                collect(FeatureFiles.load(file.toString()), wanted, known);
            } catch (ClapException e) {
                warnings.accept("Passed over damaged cached features; they are computed anew. " + e.getMessage());
            }
        }
    }

    private static void collect(FeatureMatrix chunk, Map<String, Path> wanted, Map<String, float[]> known) {
        for (int i = 0; i < chunk.rows(); i++) {
            String key = chunk.ids().get(i);
            if (wanted.containsKey(key)) {
                known.put(key, chunk.row(i));
            }
        }
    }

    private static String key(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return hash(file.toAbsolutePath().normalize() + "\0" + attributes.size() + "\0"
                    + attributes.lastModifiedTime());
        } catch (IOException e) {
            throw new ClapException("Cannot read the image " + file + ": " + e, e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
