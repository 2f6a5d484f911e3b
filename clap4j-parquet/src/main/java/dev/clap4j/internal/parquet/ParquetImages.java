package dev.clap4j.internal.parquet;

import dev.clap4j.internal.dataset.ImageFormatReader;
import dev.clap4j.internal.dataset.ImageSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Finds Parquet files among files of images. */
public final class ParquetImages implements ImageFormatReader {
    @Override
    public Optional<ImageSource> read(Path file, byte[] start) {
        boolean begins = new String(start, StandardCharsets.ISO_8859_1).startsWith(Footer.MAGIC);
        boolean isNamed = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".parquet");
        return begins || isNamed ? Optional.of(ParquetSource.open(file)) : Optional.empty();
    }
}
