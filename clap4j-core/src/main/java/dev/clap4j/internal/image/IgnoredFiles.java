package dev.clap4j.internal.image;

import dev.clap4j.internal.io.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts files among images that are not images, by extension, so that none is skipped silently. */
public final class IgnoredFiles {
    private static final int KINDS = 8;

    /** Extensions and names that commonly occur beside images and need no mention. */
    private static final Set<String> COMPANIONS =
            Set.of("thumbs.db", "desktop.ini", "captions.jsonl", "iconworld.json", "synthesis.json", "pictures.jsonl");

    private final Map<String, Integer> kinds = new TreeMap<>();
    private int count;
    private Path unsafe;

    /** Counts a file, unless it is a common companion of images. */
    public void add(Path file) {
        if (COMPANIONS.contains(file.getFileName().toString().toLowerCase(Locale.ROOT))) {
            return;
        }
        kinds.merge(kind(file), 1, Integer::sum);
        count++;
        boolean ordinary = Files.isRegularFile(file) || Files.isDirectory(file);
        if (unsafe == null && (!ordinary || isLoop(file))) {
            unsafe = file;
        }
    }

    private static String kind(Path file) {
        if (isLoop(file)) {
            return "link to a folder above it";
        }
        if (Files.isDirectory(file)) {
            return "folder";
        }
        if (!Files.isRegularFile(file)) {
            return Files.exists(file) ? "pipe or device" : "broken link";
        }
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot <= 0 || dot == name.length() - 1
                ? "without an ending"
                : name.substring(dot).toLowerCase(Locale.ROOT);
    }

    private static boolean isLoop(Path file) {
        try {
            return Files.isSymbolicLink(file)
                    && Files.isDirectory(file)
                    && file.toAbsolutePath().getParent().toRealPath().startsWith(file.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns {@code 9 .txt, 2 .heic, 1 .mp4}, the most frequent kinds first; empty if there are none. */
    public String kinds() {
        String named = kinds.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(KINDS)
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
        return kinds.size() <= KINDS ? named : named + ", …";
    }

    /**
     * Returns {@code ignored 12 files of unsupported kinds: 9 .txt, 2 .heic, 1 .mp4}; empty if there are
     * none. Names the first pipe, device, broken link, or link to a folder above it.
     */
    public Optional<String> summary() {
        if (count == 0) {
            return Optional.empty();
        }
        String files = (count == 1 ? "1 file" : count + " files") + " of unsupported kinds: ";
        return Optional.of("ignored " + files + kinds()
                + (unsafe == null ? "" : ", the first at " + Names.line(unsafe.toString())));
    }
}
