package dev.clap4j.internal.parquet;

import dev.clap4j.ClapException;
import dev.clap4j.internal.dataset.ImageCursor;
import dev.clap4j.internal.dataset.ImageSource;
import java.nio.file.Path;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;

/**
 * The images of a Parquet file, a row each: a column of bytes, or of structs with a field {@code bytes}, as Hugging Face
 * datasets writes them, and columns called {@code label} and {@code domain}.
 */
record ParquetSource(Path path, FileMetaData footer, ImageColumns columns, ClassLabels classes) implements ImageSource {
    static ParquetSource open(Path file) {
        FileMetaData footer = Footer.read(file);
        ImageColumns columns = Damage.in(file, "schema", () -> ImageColumns.of(file, Leaf.of(footer.getSchema())));
        return new ParquetSource(file, footer, columns, ClassLabels.of(file, footer));
    }

    @Override
    public long count() {
        return Damage.in(path, "footer", () -> {
            long count = 0;
            for (RowGroup group : footer.getRow_groups()) {
                if (group.getNum_rows() < 0) {
                    throw new IllegalArgumentException("a row group has " + group.getNum_rows() + " rows");
                }
                count = Math.addExact(count, group.getNum_rows());
            }
            if (count == 0) {
                throw new ClapException("There are no images in " + path + ": it has no rows");
            }
            return count;
        });
    }

    @Override
    public boolean isNamed() {
        return false;
    }

    @Override
    public boolean isOfFiles() {
        return false;
    }

    @Override
    public ImageCursor open() {
        return new ParquetCursor(this);
    }
}
