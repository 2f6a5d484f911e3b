package dev.clap4j.spark.job;

import dev.clap4j.spark.ClapImages;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Says which of some classes pictures show: what {@code clap classify} does, on a cluster. Rows have {@code path}, or the
 * other columns of a table, then the columns of {@link ClapImages}.
 */
@Command(
        name = "ClassifyImages",
        description = {
            "Say which of your classes each image shows, as Parquet.",
            "Images that cannot be decoded are rows with an error."
        },
        mixinStandardHelpOptions = true)
public final class ClassifyImages implements Runnable {
    @Mixin
    private ModelOption model;

    @Mixin
    private HeadOption head;

    @Mixin
    private ClassOptions classes;

    @Parameters(
            arity = "1..*",
            paramLabel = "IMAGE",
            description = "Image files, or folders with images in them at any depth, wherever Spark can read.")
    private List<String> images = new ArrayList<>();

    @Mixin
    private PictureInput input;

    @Option(names = "--features", description = "Write the features, too.")
    private boolean features;

    @Mixin
    private JobOutput output;

    /** Creates the job, with options still to be read. */
    ClassifyImages() {}

    /** Runs the job. */
    public static void main(String... arguments) {
        JobMain.run(new ClassifyImages(), arguments);
    }

    @Override
    public void run() {
        head.check();
        List<String> names = classes.names();
        classes.check();
        SparkSession spark = JobMain.session(this);
        output.check(images);
        ClapImages transformer = head.applyTo(model.images(input.column()))
                .withClasses(names, classes.templates(head.read()))
                .features(features);
        output.writePictures(transformer.transform(input.read(spark, images)), "error");
    }
}
