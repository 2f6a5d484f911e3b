package dev.clap4j.internal.io;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A persistent map from digests to digests in one file of fixed size: a hash table of buckets of slots. A lookup reads
 * one bucket; an entry goes into a free slot of its bucket, or replaces another.
 *
 * <p>Each slot has its own checksum, so a slot that is damaged, truncated or was written concurrently counts as free.
 * This makes the file safe for many threads and processes without a lock. If it cannot be read or written, nothing is
 * stored.
 */
final class DigestStore {
    private static final int CHECK = 8;
    private static final int SLOT = 2 * Digests.BYTES + CHECK;
    private static final int SLOTS = 16;
    private static final int BUCKET = SLOTS * SLOT;

    private final Path path;
    private RandomAccessFile file;
    private boolean readable = true;
    private boolean writable = true;

    /** A store of 65,536 buckets, about a million entries, at most 42 MB; the file is created on the first put. */
    DigestStore(Path path) {
        this.path = path;
    }

    synchronized Optional<byte[]> get(byte[] key) {
        try {
            if (readable && open(false)) {
                byte[] bucket = read(key);
                for (int at = 0; at < BUCKET; at += SLOT) {
                    if (holds(bucket, at, key) && isWhole(bucket, at)) {
                        return Optional.of(Arrays.copyOfRange(bucket, at + Digests.BYTES, at + 2 * Digests.BYTES));
                    }
                }
            }
        } catch (IOException e) {
            readable = false;
        }
        return Optional.empty();
    }

    synchronized void put(byte[] key, byte[] digest) {
        try {
            if (writable && open(true)) {
                int at = slotFor(read(key), key);
                byte[] slot = new byte[SLOT];
                System.arraycopy(key, 0, slot, 0, Digests.BYTES);
                System.arraycopy(digest, 0, slot, Digests.BYTES, Digests.BYTES);
                System.arraycopy(check(slot, 0), 0, slot, 2 * Digests.BYTES, CHECK);
                file.seek(start(key) + at);
                file.write(slot);
            }
        } catch (IOException e) {
            writable = false;
        }
    }

    /** Opens the file, if it exists. Links are not followed, and pipes and devices are not opened. */
    private boolean open(boolean make) throws IOException {
        if (file != null) {
            return true;
        }
        boolean there = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
        if (there && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(path + " is not a regular file");
        }
        if (there || make) {
            Files.createDirectories(path.toAbsolutePath().getParent());
            file = new RandomAccessFile(path.toFile(), there && !Files.isWritable(path) ? "r" : "rw");
        }
        return file != null;
    }

    /** Reads a bucket; bytes past the end of the file read as zeros. */
    private byte[] read(byte[] key) throws IOException {
        byte[] bucket = new byte[BUCKET];
        file.seek(start(key));
        int read = 0;
        for (int more = 0; more >= 0 && read < BUCKET; read += Math.max(0, more)) {
            more = file.read(bucket, read, BUCKET - read);
        }
        return bucket;
    }

    private static long start(byte[] key) {
        int bucket = (key[0] & 0xFF) * 256 + (key[1] & 0xFF);
        return (long) bucket * BUCKET;
    }

    /** Returns the entry's own slot, else a free one, else one chosen by the key. */
    private static int slotFor(byte[] bucket, byte[] key) {
        int free = -1;
        for (int at = 0; at < BUCKET; at += SLOT) {
            if (holds(bucket, at, key)) {
                return at;
            }
            if (free < 0 && !isWhole(bucket, at)) {
                free = at;
            }
        }
        return free >= 0 ? free : ((key[2] & 0xFF) % SLOTS) * SLOT;
    }

    private static boolean holds(byte[] bucket, int at, byte[] key) {
        return Arrays.equals(bucket, at, at + Digests.BYTES, key, 0, Digests.BYTES);
    }

    private static boolean isWhole(byte[] bucket, int at) {
        int check = at + 2 * Digests.BYTES;
        return Arrays.equals(bucket, check, check + CHECK, check(bucket, at), 0, CHECK);
    }

    private static byte[] check(byte[] bucket, int at) {
        var sha256 = Digests.sha256();
        sha256.update(bucket, at, 2 * Digests.BYTES);
        return Arrays.copyOf(sha256.digest(), CHECK);
    }
}
