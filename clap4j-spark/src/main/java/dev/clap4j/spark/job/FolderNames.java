package dev.clap4j.spark.job;

import dev.clap4j.internal.spark.HadoopFiles;
import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The folders that name the domain and class of a picture: {@code <root>/<domain>/<class>/<image>}, or
 * {@code <root>/<class>/<image>} for a single domain.
 *
 * @param root the address of the data set
 */
record FolderNames(String root) implements Serializable {
    /** The type of {@link #of}: how many folders there are, and the last two; of a single one, the first is the root. */
    static final StructType TYPE = new StructType()
            .add("depth", DataTypes.IntegerType, false)
            .add("domain", DataTypes.StringType, true)
            .add("class", DataTypes.StringType, true);

    static FolderNames below(String folder) {
        return new FolderNames(HadoopFiles.address(folder));
    }

    /** Returns the name of the data set's folder. */
    String rootName() {
        return root.substring(root.lastIndexOf('/') + 1);
    }

    UDF1<String, Row> of() {
        String own = root;
        String name = rootName();
        return path -> {
            String[] parts = path.substring(own.length() + 1).split("/", -1);
            int depth = parts.length - 1;
            return RowFactory.create(depth, depth < 2 ? name : parts[depth - 2], depth < 1 ? null : parts[depth - 1]);
        };
    }
}
