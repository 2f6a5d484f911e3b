package dev.clap4j.internal.io;

import dev.clap4j.ClapException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Digests of whole files, as computed by {@link Digests}, cached under the file's path, size, times and inode, and
 * recomputed if any of these changes. Files written only just now are not cached, since a later change might not alter
 * their time stamps.
 *
 * <p>Safe for use by many threads, and by several processes that share a cache. If the cache cannot be written or is
 * damaged, digests are recomputed.
 */
public final class FileDigests {
    private static final int TRIES = 3;
    private static final int PIECE = 1 << 20;

    private final DigestStore store;
    private final Clock clock;

    FileDigests(DigestStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Returns digests cached in the user's cache folder. */
    public static FileDigests ofUser() {
        return OfUser.DIGESTS;
    }

    /** Lazy holder of the one instance that has the user's cache open. */
    private static final class OfUser {
        static final FileDigests DIGESTS = in(CacheFolder.ofUser());
    }

    /** Returns digests cached in a folder, which is created when first needed. */
    public static FileDigests in(Path cache) {
        return new FileDigests(new DigestStore(cache.resolve("file-digests-1")), Clock.systemUTC());
    }

    /**
     * Returns the digest of a file's content, 32 hexadecimal digits.
     *
     * @throws ClapException if it is not a regular file, cannot be read, or changes while it is read
     */
    public String of(Path file) {
        return of(List.of(file), "", stamps -> compute(file, stamps.get(0).size()));
    }

    /**
     * Returns a digest of something derived from the content of files, cached like that of a single file.
     *
     * @param what the kind of digest, so that different digests of the same files are kept apart
     * @param make computes the digest, 32 hexadecimal digits
     * @throws ClapException as {@link #of(Path)}
     */
    public String of(List<Path> files, String what, Supplier<String> make) {
        return of(files, what, stamps -> HexFormat.of().parseHex(make.get()));
    }

    /** Computes a digest of files in the state given by their stamps. */
    @FunctionalInterface
    private interface Computation {
        byte[] of(List<FileStamp> stamps) throws IOException;
    }

    private String of(List<Path> files, String what, Computation computation) {
        files.forEach(InputFiles::requireRegular);
        String names = files.stream().map(Path::toString).collect(Collectors.joining(", "));
        try {
            for (int i = 0; i < TRIES; i++) {
                Instant begin = clock.instant();
                List<FileStamp> stamps = stamps(files);
                byte[] key = key(what, stamps);
                Optional<byte[]> known = store.get(key);
                if (known.isPresent()) {
                    return HexFormat.of().formatHex(known.get());
                }
                byte[] digest = computation.of(stamps);
                if (stamps.equals(stamps(files))) {
                    if (stamps.stream().allMatch(stamp -> stamp.isSettled(begin))) {
                        store.put(key, digest);
                    }
                    return HexFormat.of().formatHex(digest);
                }
            }
        } catch (IOException e) {
            throw new ClapException("Cannot read " + names + ": " + IoReasons.of(e), e);
        }
        throw new ClapException("Cannot read " + names + ": it is being written; try again when it is complete");
    }

    private static List<FileStamp> stamps(List<Path> files) throws IOException {
        List<FileStamp> stamps = new ArrayList<>();
        for (Path file : files) {
            stamps.add(FileStamp.of(file));
        }
        return stamps;
    }

    static byte[] key(String what, List<FileStamp> stamps) {
        String text = stamps.stream()
                .map(stamp -> String.join(
                        "\0",
                        stamp.path().toString(),
                        Long.toString(stamp.size()),
                        stamp.modified().toInstant().toString(),
                        stamp.changed().toInstant().toString(),
                        stamp.key()))
                .collect(Collectors.joining("\0\0", what, ""));
        return HexFormat.of().parseHex(Digests.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Digests at most the given number of bytes, so that a file that grows while it is read cannot keep the loop
     * running.
     */
    private static byte[] compute(Path file, long size) throws IOException {
        MessageDigest digest = Digests.sha256();
        byte[] piece = new byte[(int) Math.min(PIECE, size + 1)];
        try (InputStream in = Files.newInputStream(file)) {
            long left = size;
            for (int read = 0; read >= 0 && left > 0; left -= Math.max(0, read)) {
                read = in.read(piece, 0, (int) Math.min(piece.length, left));
                digest.update(piece, 0, Math.max(0, read));
            }
        }
        return Arrays.copyOf(digest.digest(), Digests.BYTES);
    }
}
