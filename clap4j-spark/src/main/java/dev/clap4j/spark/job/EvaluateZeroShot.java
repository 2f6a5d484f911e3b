package dev.clap4j.spark.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.experiment.Runner;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.measurement.ZeroShot;
import dev.clap4j.internal.spark.Encoders;
import dev.clap4j.internal.spark.HadoopFiles;
import dev.clap4j.internal.spark.evaluation.HeadPlan;
import dev.clap4j.internal.spark.evaluation.ZeroShotCounts;
import dev.clap4j.internal.spark.evaluation.ZeroShotPlan;
import dev.clap4j.prompt.ClassNames;
import dev.clap4j.report.Format;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures the zero-shot accuracy of CLIP and heads: what {@code clap zeroshot} does, on a cluster and with the same scores,
 * the noise of NC included.
 *
 * <p>Pictures are encoded once, and their features kept by executors. Predictions are counted where the features are; under
 * noise, features are first sorted into the order of the data set. Pictures that cannot be decoded are counted and left out,
 * as {@code clap zeroshot --skip-unreadable} does.
 */
@Command(
        name = "EvaluateZeroShot",
        description = {
            "Measure CLIP, and heads, on labelled images by class names alone, with the scores of clap zeroshot.",
            "Images that cannot be decoded are counted and left out."
        },
        modelTransformer = MeasurementOptions.class,
        mixinStandardHelpOptions = true)
public final class EvaluateZeroShot implements Runnable {
    private static final JsonMapper JSON = new JsonMapper();

    private static final int WIDTH = 120;

    @Mixin
    private ModelOption model;

    @Mixin
    private ComparedHeads heads;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description =
                    "The images: <domain>/<class>/<image>, or <class>/<image> for a single domain; with --column, a"
                            + " table with the columns path and class, and domain if there are several.")
    private String data;

    @Mixin
    private PictureInput input;

    @Option(names = "--domain", paramLabel = "NAME", description = "Only this domain (default: each of them).")
    private String domain;

    @Option(
            names = "--classes",
            paramLabel = "A,B,…",
            description = "Only these classes, with commas between them (default: each of them).")
    private String classes;

    @Mixin
    private JobOutput output;

    @Spec
    private CommandSpec spec;

    /** Creates the job, with options still to be read. */
    EvaluateZeroShot() {}

    /** Runs the job. */
    public static void main(String... arguments) {
        JobMain.run(new EvaluateZeroShot(), arguments);
    }

    @Override
    public void run() {
        ZeroShot measurement = MeasurementOptions.measurement(spec);
        heads.alphas();
        Optional<List<String>> chosen =
                Optional.ofNullable(classes).map(names -> JobMain.checking(spec, () -> ClassNames.parse(names)));
        JobMain.wrongWhen(spec, output.isAppended(), "--mode append adds rows; scores can only replace others");
        SparkSession spark = JobMain.session(this);
        output.check(List.of(data));
        List<HeadPlan> compared = heads.read(model);
        LabelledPictures all = LabelledPictures.read(spark, input, data);
        LabelledPictures ofDomain = domain == null ? all : all.onlyDomain(domain);
        LabelledPictures pictures = chosen.map(ofDomain::onlyClasses).orElse(ofDomain);
        ZeroShotPlan plan = ZeroShotPlan.of(
                Encoders.plan(model.name(), model.options(), Optional.empty(), Optional.empty()),
                compared,
                pictures.classes(),
                measurement);
        Dataset<Row> encoded = encoded(pictures).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            Sizes sizes = Sizes.of(encoded, pictures);
            report(
                    measurement,
                    ZeroShotCounts.of(
                            encoded.filter(col("error").isNull()), plan, pictures.domains(), sizes.readable()),
                    sizes);
        } finally {
            encoded.unpersist();
        }
    }

    /** Returns path, domain, label, features and error, which hold numbers instead of names. */
    private Dataset<Row> encoded(LabelledPictures pictures) {
        return model.images(input.column())
                .transform(pictures.rows()
                        .select(
                                col(PictureInput.PATH),
                                index(pictures.domains(), LabelledPictures.DOMAIN)
                                        .as("domain"),
                                index(pictures.classes(), LabelledPictures.CLASS)
                                        .as("label"),
                                col(input.column())));
    }

    private static Column index(List<String> names, String column) {
        ArrayList<String> all = new ArrayList<>(names);
        UDF1<String, Integer> index = all::indexOf;
        return udf(index, DataTypes.IntegerType).apply(col(column));
    }

    /**
     * The numbers of pictures by domain and class.
     *
     * @param readable those that could be decoded
     * @param unreadable the number of all others
     */
    private record Sizes(long[][] readable, long unreadable) {
        /** Counts, which encodes the pictures. */
        static Sizes of(Dataset<Row> encoded, LabelledPictures pictures) {
            long[][] readable =
                    new long[pictures.domains().size()][pictures.classes().size()];
            long unreadable = 0;
            for (Row row : encoded.groupBy("domain", "label")
                    .agg(count(lit(1)), count(col("error")))
                    .collectAsList()) {
                readable[row.getInt(0)][row.getInt(1)] = row.getLong(2) - row.getLong(3);
                unreadable += row.getLong(3);
            }
            for (int d = 0; d < readable.length; d++) {
                for (int c = 0; c < readable[d].length; c++) {
                    if (readable[d][c] == 0) {
                        throw new ClapException("None of the images of the class "
                                + pictures.classes().get(c) + " in "
                                + pictures.domains().get(d) + " can be decoded");
                    }
                }
            }
            return new Sizes(readable, unreadable);
        }
    }

    private void report(ZeroShot measurement, ZeroShotCounts counts, Sizes sizes) {
        List<Score> scores = counts.scores(measurement);
        if (output.isReplaced()) {
            HadoopFiles.delete(output.folder());
        }
        write(Runner.SCORES, scores);
        write("classes.jsonl", counts.classes());
        PrintWriter out = spec.commandLine().getOut();
        out.println(Format.TERMINAL.text(new ScoreTables(scores).of(measurement.layout()), WIDTH));
        out.println();
        out.println("Scores are in " + output.folder() + JobOutput.errors(sizes.unreadable));
    }

    private void write(String name, List<?> rows) {
        String text = rows.stream().map(row -> json(row) + "\n").collect(Collectors.joining());
        HadoopFiles.writeNew(output.folder() + "/" + name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Object row) {
        try {
            return JSON.writeValueAsString(row);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A score that JSON cannot express", e);
        }
    }
}
