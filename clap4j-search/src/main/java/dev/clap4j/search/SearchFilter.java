package dev.clap4j.search;

import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;

/**
 * Conditions on pictures, all of which must be met.
 *
 * @param classes the classes one of which must be the most probable; empty for any
 * @param styles the styles one of which must be the most probable; empty for any
 * @param otherStyles the styles none of which may be the most probable
 * @param folders the folders in one of which the picture must be, at any depth; empty for any
 * @param from the earliest time of modification
 * @param to the time of modification that is too late
 */
public record SearchFilter(
        Set<String> classes, Set<String> styles, Set<String> otherStyles, Set<Path> folders, Instant from, Instant to) {
    /** All pictures. */
    public static final SearchFilter NONE =
            new SearchFilter(Set.of(), Set.of(), Set.of(), Set.of(), Instant.MIN, Instant.MAX);

    /** Makes the sets unmodifiable. */
    public SearchFilter {
        classes = Set.copyOf(classes);
        styles = Set.copyOf(styles);
        otherStyles = Set.copyOf(otherStyles);
        folders = Set.copyOf(folders);
    }

    /** Returns these conditions with the classes one of which must be the most probable. */
    public SearchFilter withClasses(Set<String> names) {
        return new SearchFilter(names, styles, otherStyles, folders, from, to);
    }

    /** Returns these conditions with the styles one of which must be the most probable. */
    public SearchFilter withStyles(Set<String> names) {
        return new SearchFilter(classes, names, otherStyles, folders, from, to);
    }

    /** Returns these conditions with the styles none of which may be the most probable. */
    public SearchFilter withOtherStylesThan(Set<String> names) {
        return new SearchFilter(classes, styles, names, folders, from, to);
    }

    /** Returns these conditions with the folders in one of which the picture must be. */
    public SearchFilter withFolders(Set<Path> paths) {
        return new SearchFilter(classes, styles, otherStyles, paths, from, to);
    }

    /**
     * Returns these conditions with a time of modification.
     *
     * @param earliest the earliest time
     * @param tooLate the first time that is too late
     */
    public SearchFilter withModified(Instant earliest, Instant tooLate) {
        return new SearchFilter(classes, styles, otherStyles, folders, earliest, tooLate);
    }

    /** Returns the beginning of the paths of all files below a folder. */
    static String beginning(Path folder) {
        FileSystem system = folder.getFileSystem();
        String path = folder.toAbsolutePath().normalize().toString();
        return path.endsWith(system.getSeparator()) ? path : path + system.getSeparator();
    }
}
