package dev.clap4j.internal.dataset;

import java.nio.file.Path;
import java.util.List;

/**
 * Image files.
 *
 * @param path the folder that they were found in, or the only one
 * @param files at least one
 */
public record FileSource(Path path, List<Path> files) implements ImageSource {
    /** Makes the list unmodifiable. */
    public FileSource {
        files = List.copyOf(files);
    }

    @Override
    public long count() {
        return files.size();
    }

    @Override
    public boolean isOfFiles() {
        return true;
    }

    @Override
    public ImageCursor open() {
        return ImageCursor.of(files.stream()
                .map(file -> new SourceImage(file.toString(), new ImageContent.InFile(file, "")))
                .iterator());
    }
}
