package dev.clap4j.internal.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The hash in an etag of the hub: SHA-256 of the file, or SHA-1 as git computes it. */
enum ContentHash {
    /** For files in large file storage: 64 hexadecimal digits. */
    SHA_256("SHA-256", 64),
    /** For files in git itself, with a header that has the size: 40 hexadecimal digits. */
    GIT("SHA-1", 40);

    private static final int BUFFER = 1 << 20;

    private final String algorithm;
    private final int digits;

    ContentHash(String algorithm, int digits) {
        this.algorithm = algorithm;
        this.digits = digits;
    }

    /** Returns the kind of hash in an etag; empty if it is none, as on some mirrors. */
    static Optional<ContentHash> of(String etag) {
        for (ContentHash hash : values()) {
            if (etag.matches("[0-9a-f]{" + hash.digits + "}")) {
                return Optional.of(hash);
            }
        }
        return Optional.empty();
    }

    /** Computes the hash of a file as hexadecimal digits. */
    String of(Path file) throws IOException {
        MessageDigest digest = digest();
        if (this == GIT) {
            digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
        }
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private MessageDigest digest() {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has " + algorithm, e);
        }
    }
}
