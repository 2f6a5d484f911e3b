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
 * The metadata by which a change of a file's content is detected; reliable unless the file was written only just now.
 *
 * @param path the absolute path
 * @param size size in bytes
 * @param modified the last modification time, which programs can set
 * @param changed the last change of the file or its metadata, which programs cannot set; {@code modified} on systems
 *     without such a time
 * @param key the file system's identifier of the file (device and inode); empty if it has none
 */
record FileStamp(Path path, long size, FileTime modified, FileTime changed, String key) {
    /** The coarsest clock is FAT's, with two seconds. */
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

    /**
     * Returns whether any later change is sure to alter the stamp: the last one is longer ago than a tick of the
     * coarsest clock.
     */
    boolean isSettled(Instant now) {
        return changed.toInstant().plus(CLOCK_TICK).isBefore(now);
    }
}
