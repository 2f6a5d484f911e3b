package dev.clap4j.spark;

import dev.clap4j.ClapException;
import dev.clap4j.internal.mini.MiniClip;
import dev.clap4j.internal.spark.ClassRows;
import dev.clap4j.internal.spark.EncoderRecipe;
import dev.clap4j.internal.spark.Partitions;
import dev.clap4j.internal.spark.Task;
import dev.clap4j.prompt.ClassPrompts;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructType;

/**
 * Classifies and embeds pictures on Spark.
 *
 * <pre>{@code
 * Dataset<Row> pictures = spark.read().format("binaryFile").load("s3a://shop/pictures");
 * Dataset<Row> labelled = ClapImages.mini().withClasses("dog", "cat").features(true).transform(pictures);
 * }</pre>
 *
 * <p>A picture is the content of its file, in a column of bytes. The result has the columns of the input, but that of the
 * bytes only with {@link #keepImage}, and then, if there are classes,
 *
 * <ul>
 *   <li>{@code label}, string: the most similar class;
 *   <li>{@code score}, float: its cosine similarity with the picture, -1 to 1;
 *   <li>{@code probability}, float: its probability, 0 to 1;
 *   <li>{@code scores}, array of floats: the cosine similarity of each class, in the order of the classes, which the column's
 *       metadata name;
 * </ul>
 *
 * <p>then, if wanted or if there are no classes, {@code features}, an array of floats {@code [dimension]}, not normalised; and
 * {@code error}, string. A picture that cannot be decoded is a row whose {@code error} says why, and whose other results are
 * null. These are the labels and features of {@link dev.clap4j.Clip}, to 1e-6.
 *
 * <p>{@link #transform} encodes the prompts of the classes at once, on the driver, and the pictures when Spark asks for the
 * rows.
 */
public final class ClapImages extends ClapTransformer<ClapImages> {
    private static final long serialVersionUID = 1L;

    private final Param<String> imageCol = new Param<>(this, "imageCol", "the name of the column of pictures, binary");
    private final Param<String> pathCol = new Param<>(
            this, "pathCol", "the name of a column of strings that name pictures in errors; may be missing");
    private final StringArrayParam classes = new StringArrayParam(this, "classes", "the names of the classes");
    private final StringArrayParam templates =
            new StringArrayParam(this, "templates", "prompts of every class, with {class} in place of its name");
    private final StringArrayParam prompts =
            new StringArrayParam(this, "prompts", "the classes' own prompts, class by class, instead of templates");
    private final IntArrayParam promptCounts =
            new IntArrayParam(this, "promptCounts", "the number of own prompts of each class");
    private final BooleanParam features = new BooleanParam(
            this, "features", "adds the features of pictures, which are also given if there are no classes");
    private final BooleanParam keepImage = new BooleanParam(this, "keepImage", "keeps the column of pictures");
    private final Param<String> labelCol = new Param<>(this, "labelCol", "the name of the column of labels");
    private final Param<String> scoreCol = new Param<>(this, "scoreCol", "the name of the column of the label's score");
    private final Param<String> probabilityCol =
            new Param<>(this, "probabilityCol", "the name of the column of the label's probability");
    private final Param<String> scoresCol = new Param<>(this, "scoresCol", "the name of the column of all scores");

    /** The features of the classes, as long as this object has them. */
    private transient Prepared prepared;

    /** Creates a transformer without a model, as Spark's readers and PySpark do. */
    public ClapImages() {
        this(Identifiable.randomUID("ClapImages"));
    }

    /** Creates a transformer without a model and with a given identifier, as Spark's readers and PySpark do. */
    public ClapImages(String uid) {
        super(uid);
        setDefault(imageCol, "content");
        setDefault(pathCol, "path");
        setDefault(promptCounts, new int[0]);
        setDefault(features, false);
        setDefault(keepImage, false);
        setDefault(labelCol, "label");
        setDefault(scoreCol, "score");
        setDefault(probabilityCol, "probability");
        setDefault(scoresCol, "scores");
    }

    /** Creates a transformer with a model, named as {@link ClapTransformer} says. */
    public static ClapImages of(String model) {
        ClapImages images = new ClapImages();
        return images.with(images.model(), model);
    }

    /** Creates a transformer with a model at a path that all machines see. */
    public static ClapImages of(Path model) {
        return of(model.toAbsolutePath().toString());
    }

    /** Creates a transformer with the mini CLIP, of the artifact {@code clap4j-mini}. */
    public static ClapImages mini() {
        return of(MiniClip.NAME);
    }

    /** Returns what loads a transformer that was saved. */
    public static MLReader<ClapImages> read() {
        return new DefaultParamsReader<>() {
            @Override
            public ClapImages load(String path) {
                return TransformerWriter.withSavedHead(super.load(path), path);
            }
        };
    }

    /** Loads a transformer that was saved. */
    public static ClapImages load(String path) {
        return read().load(path);
    }

    /** The name of the column of pictures. */
    public Param<String> imageCol() {
        return imageCol;
    }

    /** The name of the column of paths. */
    public Param<String> pathCol() {
        return pathCol;
    }

    /** The names of the classes. */
    public StringArrayParam classes() {
        return classes;
    }

    /** The prompts of every class. */
    public StringArrayParam templates() {
        return templates;
    }

    /** The classes' own prompts. */
    public StringArrayParam prompts() {
        return prompts;
    }

    /** The number of own prompts of each class. */
    public IntArrayParam promptCounts() {
        return promptCounts;
    }

    /** The wish for features. */
    public BooleanParam features() {
        return features;
    }

    /** The wish to keep pictures. */
    public BooleanParam keepImage() {
        return keepImage;
    }

    /** The name of the column of labels. */
    public Param<String> labelCol() {
        return labelCol;
    }

    /** The name of the column of the label's score. */
    public Param<String> scoreCol() {
        return scoreCol;
    }

    /** The name of the column of the label's probability. */
    public Param<String> probabilityCol() {
        return probabilityCol;
    }

    /** The name of the column of all scores. */
    public Param<String> scoresCol() {
        return scoresCol;
    }

    /**
     * Returns a copy with classes, whose prompt is {@code a photo of a <class>}.
     *
     * @throws ClapException if there is none, or one is empty or given twice
     */
    public ClapImages withClasses(String... names) {
        return withClasses(List.of(names));
    }

    /**
     * Returns a copy with classes, whose prompt is {@code a photo of a <class>}.
     *
     * @throws ClapException if there is none, or one is empty or given twice
     */
    public ClapImages withClasses(List<String> names) {
        return withoutPrompts(ClassPrompts.of(names));
    }

    /**
     * Returns a copy with classes and the templates of their prompts, whose features are averaged.
     *
     * @param patterns with {@code {class}} in place of the name
     * @throws ClapException if a class is given twice, or a template lacks the place of the name
     */
    public ClapImages withClasses(List<String> names, List<String> patterns) {
        String[] texts = patterns.toArray(String[]::new);
        return withoutPrompts(ClassPrompts.of(names).withTemplates(texts)).with(templates, texts);
    }

    private ClapImages withoutPrompts(ClassPrompts checked) {
        ClapImages copy = with(classes, checked.classes().toArray(String[]::new));
        copy.clear(copy.templates).clear(copy.prompts).clear(copy.promptCounts);
        return copy;
    }

    /** Returns a copy with classes and their own prompts. */
    public ClapImages withClasses(ClassPrompts own) {
        Collection<List<String>> texts = own.prompts().values();
        return withoutPrompts(own)
                .with(prompts, texts.stream().flatMap(List::stream).toArray(String[]::new))
                .with(promptCounts, texts.stream().mapToInt(List::size).toArray());
    }

    /** Returns a copy that adds the features of pictures or not. */
    public ClapImages features(boolean wanted) {
        return with(features, wanted);
    }

    /** Returns a copy that reads pictures from another column. */
    public ClapImages withImageCol(String name) {
        return with(imageCol, name);
    }

    @Override
    public ClapImages copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /** Returns the classes with their prompts; empty if there are none. */
    private Optional<ClassPrompts> classPrompts() {
        if (!isDefined(classes) || getOrDefault(classes).length == 0) {
            return Optional.empty();
        }
        List<String> names = List.of(getOrDefault(classes));
        if (isDefined(prompts)) {
            return Optional.of(own(names, List.of(getOrDefault(prompts)), getOrDefault(promptCounts)));
        }
        ClassPrompts plain = ClassPrompts.of(names);
        return Optional.of(isDefined(templates) ? plain.withTemplates(getOrDefault(templates)) : plain);
    }

    private static ClassPrompts own(List<String> names, List<String> texts, int[] counts) {
        if (counts.length != names.size() || IntStream.of(counts).sum() != texts.size()) {
            throw new ClapException("The counts of prompts should be " + names.size() + " numbers that add up to "
                    + texts.size() + ", but are " + Arrays.toString(counts));
        }
        Map<String, List<String>> byClass = new LinkedHashMap<>();
        int at = 0;
        for (int i = 0; i < counts.length; i++) {
            byClass.put(names.get(i), texts.subList(at, at + counts[i]));
            at += counts[i];
        }
        return ClassPrompts.of(byClass);
    }

    private boolean givesFeatures() {
        return is(features) || classPrompts().isEmpty();
    }

    /** Features of classes, and what they were made from. */
    private record Prepared(EncoderRecipe recipe, Optional<ClassPrompts> prompts, List<ClassRows> rows) {}

    private Prepared prepare() {
        EncoderRecipe recipe = recipe();
        Optional<ClassPrompts> own = classPrompts();
        if (prepared == null || !prepared.recipe.isSame(recipe) || !prepared.prompts.equals(own)) {
            prepared = new Prepared(
                    recipe,
                    own,
                    own.stream().map(texts -> ClassRows.of(recipe, texts)).toList());
        }
        return prepared;
    }

    /**
     * Returns the columns of the result.
     *
     * @throws ClapException if the column of pictures is missing or does not hold bytes, or a column of the result is there
     *     already
     */
    @Override
    public StructType transformSchema(StructType schema) {
        Columns columns = columns(schema);
        StructType result = columns.kept();
        if (classPrompts().isPresent()) {
            MetadataBuilder names = new MetadataBuilder().putStringArray("classes", getOrDefault(classes));
            result = result.add(getOrDefault(labelCol), DataTypes.StringType)
                    .add(getOrDefault(scoreCol), DataTypes.FloatType)
                    .add(getOrDefault(probabilityCol), DataTypes.FloatType)
                    .add(getOrDefault(scoresCol), Columns.FLOATS, true, names.build());
        }
        return columns.result(
                givesFeatures() ? result.add(getOrDefault(featuresCol()), featuresType()) : result,
                getOrDefault(errorCol()));
    }

    private Columns columns(StructType schema) {
        return Columns.of(schema, getOrDefault(imageCol), DataTypes.BinaryType, getOrDefault(pathCol), is(keepImage));
    }

    @Override
    public Dataset<Row> transform(Dataset<?> pictures) {
        StructType result = transformSchema(pictures.schema());
        Prepared now = prepare();
        Task task = new Task(now.recipe, now.rows, columns(pictures.schema()).output(givesFeatures(), is(vectors())));
        return Partitions.of(pictures, result, task, true);
    }
}
