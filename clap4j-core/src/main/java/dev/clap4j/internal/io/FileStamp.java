package dev.clap4j.internal.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The outward signs of a file's content: as long as they stay, so does the content, unless it was just written.
 *
 * @param path the absolute path
 * @param size in bytes
 * @param modified when the content was last written, or is said to have been
 * @param changed when anything of the file last changed, which no program can set at will; where the system has no such
 *     time, {@code modified}
 * @param key what the file system calls the file (device and inode); empty if it has no such name
 */
record FileStamp(Path path, long size, FileTime modified, FileTime changed, String key) {
    /** FAT's times are the coarsest: two seconds. */
    private static final Duration CLOCK_TICK = Duration.ofSeconds(3);

    static FileStamp of(Path file) throws IOException {
        boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        Map<String, Object> attributes =
                Files.readAttributes(file, (unix ? "unix:ctime," : "") + "size,lastModifiedTime,fileKey");
        FileTime modified = (FileTime) attributes.get("lastModifiedTime");
        return new FileStamp(
                file.toAbsolutePath(),
                (Long) attributes.get("size"),
                modified,
                unix ? (FileTime) attributes.get("ctime") : modified,
                Optional.ofNullable(attributes.get("fileKey"))
                        .map(Object::toString)
                        .orElse(""));
    }

    /** Whether a later change would be sure to show: the last one is longer ago than a tick of the coarsest clock. */
    boolean isSettled(Instant now) {
        return changed.toInstant().plus(CLOCK_TICK).isBefore(now);
    }
}
