package dev.clap4j.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.clap4j.internal.io.JsonFiles;

/**
 * The values of a measure for the single images of a domain, such as 1 for a correct prediction and 0 for a wrong one.
 * Methods with values for the same images are compared in pairs.
 *
 * @param measure the quantity, of which the score is 100 times the mean
 * @param condition the condition, including the domain
 * @param from the index of the first image in the domain
 * @param values one for each image from there on
 * @param sample identifies the images if they are a sample of the domain; empty if they are all of it
 */
public record ImageValues(Measure measure, Condition condition, int from, double[] values, String sample) {
    /** Returns the values of all images of a domain. */
    public static ImageValues of(Measure measure, Condition condition, double[] values) {
        return new ImageValues(measure, condition, 0, values, "");
    }

    /**
     * Returns the values of a line of {@code images.jsonl}.
     *
     * @throws JsonProcessingException if it is not JSON, or has other fields
     * @throws dev.clap4j.ClapException if a field is missing, or a value is not a number
     */
    public static ImageValues parse(String json) throws JsonProcessingException {
        return JsonFiles.parse(json, SavedCell.Images.class).images();
    }

    /** Returns these values as those of the images from another index on. */
    public ImageValues at(int first) {
        return new ImageValues(measure, condition, first, values, sample);
    }

    /** Returns these values as those of a sample of the domain; empty if all of its images have a value. */
    public ImageValues ofSample(String identity) {
        return new ImageValues(measure, condition, from, values, identity);
    }

    /** Returns 1 for each correct prediction and 0 for each wrong one. */
    public static double[] correct(int[] predicted, int[] labels) {
        double[] correct = new double[labels.length];
        for (int i = 0; i < labels.length; i++) {
            correct[i] = predicted[i] == labels[i] ? 1 : 0;
        }
        return correct;
    }

    /** Returns the score, 100 times the mean. */
    public Score score() {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return new Score(measure, condition, 100 * sum / values.length);
    }
}
