package dev.clap4j.internal.mini;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * The mini CLIP: a small bundled model trained on icon world.
 *
 * <p>It is unpacked into a cache, since weights are memory-mapped from files. The cache folder is keyed by the content
 * of the files. Missing or damaged files are written again; several processes may do so at once.
 */
public final class MiniClip {
    /** The model's name, and that of its folder. */
    public static final String NAME = "mini-clip";

    private static final String RESOURCES = "/dev/clap4j/mini/";
    private static final List<String> FILES =
            List.of("open_clip_config.json", "tokenizer.json", "open_clip_model.safetensors");

    private MiniClip() {}

    /**
     * Opens the model.
     *
     * @param cache the cache folder of this program, see {@link dev.clap4j.internal.io.CacheFolder}
     * @throws ClapException if the model cannot be unpacked there
     */
    public static Checkpoint open(Path cache) {
        return Checkpoint.open(unpack(cache));
    }

    /**
     * Unpacks the model's files into the cache, unless they are there.
     *
     * @return the checkpoint's folder
     * @throws ClapException if the cache cannot be written
     */
    public static Path unpack(Path cache) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        FILES.forEach(name -> files.put(name, resource(name)));
        String contents = files.values().stream().map(MiniClip::checksum).collect(Collectors.joining(" "));
        Path folder = cache.resolve("models").resolve(Digests.of(contents)).resolve(NAME);
        files.forEach((name, bytes) -> put(bytes, folder.resolve(name)));
        return folder;
    }

    private static byte[] resource(String name) {
        try (InputStream file = MiniClip.class.getResourceAsStream(RESOURCES + name)) {
            if (file == null) {
                throw new ClapException(
                        Problem.NO_MODEL,
                        "The mini CLIP is not on the class path: add the artifact dev.clap4j:clap4j-mini, which has "
                                + RESOURCES + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the length and CRC-32C, which distinguish versions and are computed faster than the model opens. */
    private static String checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return bytes.length + ":" + Long.toHexString(checksum.getValue());
    }

    private static void put(byte[] bytes, Path file) {
        if (holds(file, bytes)) {
            return;
        }
        try {
            AtomicFiles.writeBytes(file, bytes);
        } catch (ClapException e) {
            // On systems where open files cannot be replaced, another process may have written the file and be using
            // it.
            if (!holds(file, bytes)) {
                throw new ClapException(
                        "The mini CLIP cannot be unpacked; choose another folder with the environment variable"
                                + " CLAP4J_CACHE. " + e.getMessage(),
                        e);
            }
        }
    }

    private static boolean holds(Path file, byte[] bytes) {
        try {
            return Files.isRegularFile(file)
                    && Files.size(file) == bytes.length
                    && Arrays.equals(Files.readAllBytes(file), bytes);
        } catch (IOException e) {
            return false;
        }
    }
}
