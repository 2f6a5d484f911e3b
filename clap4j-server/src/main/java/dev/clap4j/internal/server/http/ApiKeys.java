package dev.clap4j.internal.server.http;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.InputFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** The keys that a server accepts; kept as digests, so that all comparisons take the same time. */
public final class ApiKeys {
    private static final String SCHEME = "Bearer ";
    private static final int SHORTEST = 16;

    private final List<byte[]> digests;

    private ApiKeys(List<byte[]> digests) {
        this.digests = digests;
    }

    /** Returns no keys: everybody may use the server. */
    public static ApiKeys none() {
        return new ApiKeys(List.of());
    }

    /**
     * Reads keys, one a line; empty lines and those that begin with {@code #} are left out.
     *
     * @throws ClapException if the file cannot be read, has no key, or one that is too short or not of visible ASCII
     *     characters; the message shows none
     */
    public static ApiKeys read(Path file) {
        List<byte[]> digests = new ArrayList<>();
        List<String> lines = InputFiles.readLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String key = lines.get(i).strip();
            if (key.isEmpty() || key.startsWith("#")) {
                continue;
            }
            if (key.length() < SHORTEST || !key.chars().allMatch(c -> c > ' ' && c <= '~')) {
                throw new ClapException("Line " + (i + 1) + " of " + file + " should be a key of at least " + SHORTEST
                        + " visible ASCII characters");
            }
            digests.add(digest(key));
        }
        if (digests.isEmpty()) {
            throw new ClapException(file + " has no key; write one on each line");
        }
        return new ApiKeys(digests);
    }

    /** Returns whether any are required. */
    public boolean areRequired() {
        return !digests.isEmpty();
    }

    /**
     * Checks a request.
     *
     * @param authorization the header; null if there is none
     */
    boolean accept(String authorization) {
        if (digests.isEmpty()) {
            return true;
        }
        boolean bearer = authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        byte[] given = digest(bearer ? authorization.substring(SCHEME.length()).strip() : "");
        boolean found = false;
        for (byte[] digest : digests) {
            found |= MessageDigest.isEqual(digest, given);
        }
        return bearer && found;
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
