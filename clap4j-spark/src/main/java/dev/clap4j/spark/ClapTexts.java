package dev.clap4j.spark;

import dev.clap4j.internal.mini.MiniClip;
import dev.clap4j.internal.spark.Partitions;
import dev.clap4j.internal.spark.Task;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Embeds texts on Spark: adds to a column of strings the columns {@code features}, an array of floats {@code [dimension]}, not
 * normalised, and {@code error}. A text that cannot be encoded, such as one with too many tokens, is a row whose
 * {@code error} says why, and whose features are null. Features are those of {@link dev.clap4j.Clip#embedTexts}, to 1e-6.
 */
public final class ClapTexts extends ClapTransformer<ClapTexts> {
    private static final long serialVersionUID = 1L;

    private final Param<String> textCol = new Param<>(this, "textCol", "the name of the column of texts");

    /** Creates a transformer without a model, as Spark's readers and PySpark do. */
    public ClapTexts() {
        this(Identifiable.randomUID("ClapTexts"));
    }

    /** Creates a transformer without a model and with a given identifier, as Spark's readers and PySpark do. */
    public ClapTexts(String uid) {
        super(uid);
        setDefault(textCol, "text");
    }

    /** Creates a transformer with a model, named as {@link ClapTransformer} says. */
    public static ClapTexts of(String model) {
        ClapTexts texts = new ClapTexts();
        return texts.with(texts.model(), model);
    }

    /** Creates a transformer with a model at a path that all machines see. */
    public static ClapTexts of(Path model) {
        return of(model.toAbsolutePath().toString());
    }

    /** Creates a transformer with the mini CLIP, of the artifact {@code clap4j-mini}. */
    public static ClapTexts mini() {
        return of(MiniClip.NAME);
    }

    /** Returns what loads a transformer that was saved. */
    public static MLReader<ClapTexts> read() {
        return new DefaultParamsReader<>() {
            @Override
            public ClapTexts load(String path) {
                return TransformerWriter.withSavedHead(super.load(path), path);
            }
        };
    }

    /** Loads a transformer that was saved. */
    public static ClapTexts load(String path) {
        return read().load(path);
    }

    /** The name of the column of texts. */
    public Param<String> textCol() {
        return textCol;
    }

    /** Returns a copy that reads texts from another column. */
    public ClapTexts withTextCol(String name) {
        return with(textCol, name);
    }

    @Override
    public ClapTexts copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    private Columns columns(StructType schema) {
        return Columns.of(schema, getOrDefault(textCol), DataTypes.StringType, "", true);
    }

    /**
     * Returns the columns of the result.
     *
     * @throws dev.clap4j.ClapException if the column of texts is missing or does not hold strings, or a column of the result
     *     is there already
     */
    @Override
    public StructType transformSchema(StructType schema) {
        Columns columns = columns(schema);
        return columns.result(
                columns.kept().add(getOrDefault(featuresCol()), featuresType()), getOrDefault(errorCol()));
    }

    @Override
    public Dataset<Row> transform(Dataset<?> texts) {
        StructType result = transformSchema(texts.schema());
        Task task = new Task(recipe(), List.of(), columns(texts.schema()).output(true, is(vectors())));
        return Partitions.of(texts, result, task, false);
    }
}
