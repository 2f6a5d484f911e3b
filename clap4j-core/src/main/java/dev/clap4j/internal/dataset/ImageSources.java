package dev.clap4j.internal.dataset;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.io.IoReasons;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.ServiceLoader;

/** Sources of images, recognised by the names and first bytes of their files. */
public final class ImageSources {
    private static final int START_BYTES = 512;

    private ImageSources() {}

    /**
     * Returns the images of a list, an archive or a table of images; empty for a folder, and for any other file, which
     * may be an image.
     *
     * @throws ClapException if the file cannot be read, or is of a kind that is not supported
     */
    public static Optional<ImageSource> container(Path path) {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        byte[] start = start(path);
        if (name.endsWith(".csv")) {
            return Optional.of(new ListSource(path));
        }
        if (TarReader.isTar(start) || name.endsWith(".tar")) {
            return Optional.of(new TarSource(path));
        }
        if (name.matches(".*\\.(?:tar\\.\\w+|tgz|tbz2?|txz|tzst)")) {
            throw new ClapException(path
                    + " is a compressed archive, which is not supported; unpack it to a .tar file (photographs hardly"
                    + " get smaller by compression)");
        }
        for (ImageFormatReader reader :
                ServiceLoader.load(ImageFormatReader.class, ImageSources.class.getClassLoader())) {
            Optional<ImageSource> source = reader.read(path, start);
            if (source.isPresent()) {
                return source;
            }
        }
        if (name.endsWith(".parquet")) {
            throw new ClapException(
                    "Cannot read " + path + ": to read Parquet files, add the artifact dev.clap4j:clap4j-parquet");
        }
        return Optional.empty();
    }

    private static byte[] start(Path path) {
        try (InputStream in = Files.newInputStream(InputFiles.requireRegular(path))) {
            return in.readNBytes(START_BYTES);
        } catch (IOException e) {
            throw new ClapException("Cannot read " + path + ": " + IoReasons.of(e), e);
        }
    }

    /** Returns the number of images of all sources. */
    public static long count(List<ImageSource> sources) {
        return sources.stream().mapToLong(ImageSource::count).sum();
    }

    /** Begins a pass over the images of all sources, one after the other. */
    public static ImageCursor open(List<ImageSource> sources) {
        return new Joined(List.copyOf(sources).iterator());
    }

    private static final class Joined implements ImageCursor {
        private final Iterator<ImageSource> sources;
        private ImageCursor current = ImageCursor.of(List.<SourceImage>of().iterator());

        Joined(Iterator<ImageSource> sources) {
            this.sources = sources;
        }

        @Override
        public boolean hasNext() {
            while (!current.hasNext()) {
                current.close();
                if (!sources.hasNext()) {
                    return false;
                }
                current = sources.next().open();
            }
            return true;
        }

        @Override
        public SourceImage next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return current.next();
        }

        @Override
        public void close() {
            current.close();
        }
    }
}
