package dev.clap4j.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.OrNull;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * A finished cell, a line of {@code cells.jsonl}: the key that identifies it in its run, rows of scores (see {@link
 * Score#row}), values of single images, and captions of pictures by file.
 */
record SavedCell(String key, List<Map<String, Object>> scores, List<Images> images, Map<String, String> pictures) {
    /**
     * Values of single images, also a line of {@code images.jsonl}: a digit for each if all are 0 or 1, else numbers with
     * commas between them. The sample identifies the images if they are only some of the domain's.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Images(
            String measure,
            Map<String, String> condition,
            int from,
            String values,
            @OrNull String sample) {
        static Images of(ImageValues images) {
            return new Images(
                    images.measure().id(),
                    images.condition().values(),
                    images.from(),
                    text(images.values()),
                    images.sample().isEmpty() ? null : images.sample());
        }

        private static String text(double[] values) {
            boolean binary = DoubleStream.of(values).allMatch(value -> value == 0 || value == 1);
            return DoubleStream.of(values)
                    .mapToObj(value -> binary ? String.valueOf((int) value) : String.valueOf(value))
                    .collect(Collectors.joining(binary ? "" : ","));
        }

        ImageValues images() {
            return new ImageValues(
                    Measurements.measure(measure),
                    new Condition(condition),
                    from,
                    numbers(),
                    Objects.requireNonNullElse(sample, ""));
        }

        private double[] numbers() {
            if (values.matches("[01]*")) {
                return values.chars().mapToDouble(digit -> digit - '0').toArray();
            }
            try {
                return Arrays.stream(values.split(",", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
            } catch (NumberFormatException e) {
                throw new ClapException("values of images are numbers, but one is not: " + e.getMessage(), e);
            }
        }
    }

    static SavedCell of(String key, Results results) {
        return new SavedCell(
                key,
                results.scores().stream().map(Score::row).toList(),
                results.images().stream().map(Images::of).toList(),
                results.pictures());
    }

    Results results() {
        return new Results(
                scores.stream().map(Score::of).toList(),
                images.stream().map(Images::images).toList(),
                pictures);
    }
}
