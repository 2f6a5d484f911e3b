package dev.clap4j.experiment.recipe;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.dataset.Domain;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.dataset.LabelledImage;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.measurement.SupportSet;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.image.ImageDecoder;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.run.Streams;
import dev.clap4j.training.probe.ProbeOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Draws unseen images at random, regardless of their predictions, and classifies them with a few-shot probe of their
 * domain on the features of CLIP and of CLAP.
 *
 * @param unseen the images
 */
public record Samples(EncodedDataset unseen) {
    /** The number of images of all domains. */
    private static final int TOGETHER = 16;

    /**
     * An image with the classes that two methods predict, an entry of {@code samples.json}.
     *
     * @param file a copy of the image file, relative to the run directory
     * @param domain its domain
     * @param className its class
     * @param clip the class predicted from CLIP's features
     * @param clap the class predicted from CLAP's features
     */
    public record Sample(String file, String domain, String className, String clip, String clap) {}

    /** Writes {@code samples.json}; none of the images is a labelled one of the first draw. */
    void write(Path folder, Method clip, Method clap) {
        SupportSet support = SupportSet.draw(unseen.dataset(), QuickstartOptions.SHOTS, QuickstartOptions.SEED);
        List<Domain> domains = unseen.dataset().domains();
        List<String> classes = unseen.dataset().classes();
        List<Sample> samples = new ArrayList<>();
        for (int d = 0; d < domains.size(); d++) {
            int[] places = places(d, support, Math.max(1, TOGETHER / domains.size()));
            int[] byClip = predict(clip, d, support, places);
            int[] byClap = predict(clap, d, support, places);
            for (int i = 0; i < places.length; i++) {
                LabelledImage image = domains.get(d).images().get(places[i]);
                samples.add(new Sample(
                        copied(folder, image.path(), samples.size()),
                        domains.get(d).name(),
                        classes.get(image.label()),
                        classes.get(byClip[i]),
                        classes.get(byClap[i])));
            }
        }
        String text = new JsonMapper().valueToTree(samples).toPrettyString();
        AtomicFiles.writeString(folder.resolve("samples.json"), text + "\n");
    }

    /** Copies an image into the run directory, since a report shows no files outside of it. */
    private static String copied(Path folder, Path image, int number) {
        String extension = image.getFileName().toString().replaceFirst("^.*(?=\\.)", "");
        String name = "samples/" + number + extension;
        AtomicFiles.writeBytes(folder.resolve(name), InputFiles.read(image, ImageDecoder.MAX_FILE_BYTES));
        return name;
    }

    private int[] places(int domain, SupportSet support, int count) {
        int[] places = support.unlabelled(unseen.dataset(), domain, QuickstartOptions.SHOTS);
        RandomGenerator random = new Streams(QuickstartOptions.SEED).get("samples", domain);
        return IntStream.of(Streams.sample(places.length, count, random))
                .map(i -> places[i])
                .sorted()
                .toArray();
    }

    private int[] predict(Method method, int domain, SupportSet support, int[] places) {
        if (places.length == 0) {
            return places;
        }
        FeatureMatrix images = method.apply(unseen.images().get(domain));
        return support.train(unseen.dataset(), domain, images, QuickstartOptions.SHOTS, ProbeOptions.OFFICIAL)
                .predict(images.select(places));
    }
}
