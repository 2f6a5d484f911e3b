package dev.clap4j.internal.spark;

import dev.clap4j.feature.FeatureMatrix;
import java.util.List;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;

/** A column of arrays of floats. */
public final class FloatColumn {
    /** Its type. */
    public static final DataType TYPE = DataTypes.createArrayType(DataTypes.FloatType, false);

    /** Divides features by their lengths. */
    public static final UDF1<Seq<Float>, float[]> UNIT = values -> values == null ? null : unit(floats(values));

    private FloatColumn() {}

    /** Returns an array of it. */
    public static float[] floats(Seq<Float> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.apply(i);
        }
        return floats;
    }

    private static float[] unit(float[] values) {
        return new FeatureMatrix(List.of(""), values.length, values)
                .normalised()
                .row(0);
    }
}
