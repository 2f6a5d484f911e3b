package dev.clap4j.experiment.measurement;

import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.ImageValues;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The answers of one domain's linear probe for the images of all domains: 1 for each that is classified correctly, else 0.
 * The domain, its unlabelled images and the condition are those that the probe was trained in.
 */
record ProbeAnswers(Condition condition, int domain, int[] unlabelled, List<double[]> correct) {
    /** The domain that a probe was trained in, where the condition's domain is the one that it was tested on. */
    static final String TRAINED_IN = "trained-in";

    /**
     * Returns the accuracies, as far as there are images to measure them on: none in the own domain if all of its images
     * are labelled.
     */
    List<Score> scores(OptionalDouble l2) {
        List<Score> scores = new ArrayList<>();
        double[] own = correct.get(domain);
        if (unlabelled.length > 0) {
            double[] rest = IntStream.of(unlabelled).mapToDouble(i -> own[i]).toArray();
            scores.add(ImageValues.of(FewShot.PROBE, condition, own).score());
            scores.add(ImageValues.of(FewShot.UNLABELLED, condition, rest).score());
        }
        IntStream.range(0, correct.size())
                .filter(other -> other != domain)
                .mapToDouble(other -> ImageValues.of(FewShot.OTHER_DOMAINS, condition, correct.get(other))
                        .score()
                        .value())
                .average()
                .ifPresent(mean -> scores.add(new Score(FewShot.OTHER_DOMAINS, condition, mean)));
        l2.ifPresent(penalty -> scores.add(new Score(FewShot.L2, condition, penalty)));
        return scores;
    }

    /**
     * Returns the values of single images. Unlabelled ones are weighted so that the mean over all images is that over the
     * unlabelled ones; labelled images count 0.
     */
    List<ImageValues> images(Subject subject) {
        List<ImageValues> values = new ArrayList<>();
        double[] own = correct.get(domain);
        if (unlabelled.length > 0) {
            values.add(ImageValues.of(FewShot.PROBE, condition, own));
            double[] weighted = new double[own.length];
            IntStream.of(unlabelled).forEach(i -> weighted[i] = own[i] * own.length / unlabelled.length);
            values.add(ImageValues.of(FewShot.UNLABELLED, condition, weighted));
        }
        for (int other = 0; other < correct.size(); other++) {
            if (other != domain) {
                Condition tested = condition
                        .with(TRAINED_IN, subject.domain(domain))
                        .with(Condition.DOMAIN, subject.domain(other));
                values.add(ImageValues.of(FewShot.OTHER_DOMAINS, tested, correct.get(other)));
            }
        }
        return values;
    }
}
