package dev.clap4j.spark;

import dev.clap4j.ClapException;
import dev.clap4j.ClipOptions;
import dev.clap4j.Device;
import dev.clap4j.Precision;
import dev.clap4j.head.Head;
import dev.clap4j.internal.mini.MiniClip;
import dev.clap4j.internal.spark.EncoderRecipe;
import dev.clap4j.internal.spark.Encoders;
import dev.clap4j.internal.spark.HeadContent;
import java.util.Optional;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The common part of {@link ClapImages} and {@link ClapTexts}: a model, a head and the columns of the result.
 *
 * <p>The model is given by name, and every machine finds it by that name: {@code mini-clip}, the model of the artifact
 * {@code clap4j-mini}; a folder or file that all machines see at the same path; a file, or the folder of an archive, that
 * Spark distributes ({@code --archives model.tar.gz#model} gives the name {@code model}); or the name of a published model,
 * which each machine downloads to its cache once. All machines must have the same weights; a task whose machine has others
 * fails.
 *
 * <p>Methods {@code with…} return a copy, and leave this object as it is.
 *
 * @param <T> the transformer itself
 */
public abstract class ClapTransformer<T extends ClapTransformer<T>> extends Transformer implements MLWritable {
    private final String uid;
    private final Param<String> model;
    private final Param<String> head;
    private final DoubleParam alpha;
    private final Param<String> precision;
    private final BooleanParam truncateTexts;
    private final LongParam maxPixels;
    private final BooleanParam applyOrientation;
    private final BooleanParam vectors;
    private final Param<String> featuresCol;
    private final Param<String> errorCol;

    /** Creates a transformer without a model. */
    ClapTransformer(String uid) {
        // Parameters ask for it.
        this.uid = uid;
        this.model = new Param<>(this, "model", "the model's name or path, the same on all machines");
        this.head = new Param<>(this, "head", "the file of a head, read by the driver; none if empty");
        this.alpha = new DoubleParam(this, "alpha", "the weight of the head's output (default: the head's own)");
        this.precision = new Param<>(
                this, "precision", "fp32, or int8, which is faster and less exact: linear layers in 8-bit integers");
        this.truncateTexts =
                new BooleanParam(this, "truncateTexts", "truncates texts with too many tokens, an error otherwise");
        this.maxPixels = new LongParam(this, "maxPixels", "the maximum number of pixels of a picture");
        this.applyOrientation =
                new BooleanParam(this, "applyOrientation", "rotates JPEG pictures according to their EXIF orientation");
        this.vectors =
                new BooleanParam(this, "vectors", "gives features as vectors of doubles instead of arrays of floats");
        this.featuresCol = new Param<>(this, "featuresCol", "the name of the column of features");
        this.errorCol = new Param<>(
                this, "errorCol", "the name of the column that says why a row has no result, null if it has");
        ClipOptions defaults = ClipOptions.defaults();
        setDefault(head, "");
        setDefault(precision, defaults.precision().toString());
        setDefault(truncateTexts, defaults.truncateTexts());
        setDefault(maxPixels, defaults.maxPixels());
        setDefault(applyOrientation, defaults.applyOrientation());
        setDefault(vectors, false);
        setDefault(featuresCol, "features");
        setDefault(errorCol, "error");
    }

    /** The model. */
    public Param<String> model() {
        return model;
    }

    /** The file of the head. */
    public Param<String> head() {
        return head;
    }

    /** The weight of the head's output. */
    public DoubleParam alpha() {
        return alpha;
    }

    /** The precision of the encoders. */
    public Param<String> precision() {
        return precision;
    }

    /** The truncation of long texts. */
    public BooleanParam truncateTexts() {
        return truncateTexts;
    }

    /** The maximum number of pixels. */
    public LongParam maxPixels() {
        return maxPixels;
    }

    /** The use of EXIF orientations. */
    public BooleanParam applyOrientation() {
        return applyOrientation;
    }

    /** Vectors instead of arrays. */
    public BooleanParam vectors() {
        return vectors;
    }

    /** The name of the column of features. */
    public Param<String> featuresCol() {
        return featuresCol;
    }

    /** The name of the column of errors. */
    public Param<String> errorCol() {
        return errorCol;
    }

    /** Returns a copy with a head and the head's own alpha. */
    public T withHead(Head other) {
        return withHead(HeadContent.temporaryFile(other).toString());
    }

    /**
     * Returns a copy with the head of a file.
     *
     * @param file a path on the driver's machine, or an address that Spark can read, such as {@code s3a://…}
     */
    public T withHead(String file) {
        return with(head, file);
    }

    /** Returns a copy with another weight of the head's output. */
    public T withAlpha(double weight) {
        return with(alpha, weight);
    }

    /** Returns a copy with other options of the model. */
    public T withOptions(ClipOptions options) {
        return with(precision, options.precision().toString())
                .with(truncateTexts, options.truncateTexts())
                .with(maxPixels, options.maxPixels())
                .with(applyOrientation, options.applyOrientation());
    }

    /** Returns a copy that gives features as {@code ml.linalg.Vector} or, by default, as {@code array<float>}. */
    public T withVectors(boolean wanted) {
        return with(vectors, wanted);
    }

    /**
     * Returns a copy with another value of a parameter, for instance {@code with(images.labelCol(), "animal")}.
     *
     * @param <V> the type of its value
     */
    public <V> T with(Param<V> param, V value) {
        T copy = copy(ParamMap.empty());
        copy.set(copy.getParam(param.name()), (Object) value);
        return copy;
    }

    @Override
    public abstract T copy(ParamMap extra);

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public MLWriter write() {
        return new TransformerWriter(this, headContent());
    }

    /** Returns the content of the head's file; empty if there is none. */
    private Optional<byte[]> headContent() {
        String file = getOrDefault(head);
        return file.isEmpty() ? Optional.empty() : Optional.of(HeadContent.read(file));
    }

    /** Returns what executors need to know of the encoders. */
    EncoderRecipe recipe() {
        String name = get(model).getOrElse(() -> "");
        if (name.isEmpty()) {
            throw new ClapException(
                    "There is no model; set the parameter \"model\" to its path or name, or to " + MiniClip.NAME);
        }
        return Encoders.plan(
                name,
                new ClipOptions(
                        is(truncateTexts),
                        Precision.of(getOrDefault(precision)),
                        number(maxPixels).longValue(),
                        is(applyOrientation),
                        Device.cpu()),
                headContent().map(content -> HeadContent.parse(getOrDefault(head), content)),
                isDefined(alpha) ? Optional.of(number(alpha).floatValue()) : Optional.empty());
    }

    /** Returns the value of a parameter that is true or false. */
    boolean is(BooleanParam param) {
        return (Boolean) getOrDefault(param);
    }

    private Number number(Param<Object> param) {
        return (Number) getOrDefault(param);
    }

    /** Returns the type of features. */
    DataType featuresType() {
        return is(vectors) ? SQLDataTypes.VectorType() : DataTypes.createArrayType(DataTypes.FloatType, false);
    }
}
