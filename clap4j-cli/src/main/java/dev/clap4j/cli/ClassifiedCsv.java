package dev.clap4j.cli;

import dev.clap4j.Prediction;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** CSV by RFC 4180: titles, then a line for each of the best classes of an image. */
final class ClassifiedCsv implements ClassifiedRows {
    private static final String END = "\r\n";

    private final PrintWriter out;
    private final boolean sorted;

    ClassifiedCsv(PrintWriter out, boolean sorted) {
        this.out = out;
        this.sorted = sorted;
        List<String> titles = new ArrayList<>(List.of("image", "rank", "class", "probability"));
        if (sorted) {
            titles.add("sorted_into");
        }
        print(titles);
    }

    @Override
    public void add(ClassifiedImage image) {
        if (image.classes().isEmpty()) {
            print(image, 1, image.label(), "");
        }
        int rank = 0;
        for (Prediction prediction : image.classes()) {
            print(image, ++rank, prediction.className(), Float.toString(prediction.probability()));
        }
    }

    private void print(ClassifiedImage image, int rank, String label, String probability) {
        List<String> fields = new ArrayList<>(List.of(image.image(), Integer.toString(rank), label, probability));
        if (sorted) {
            fields.add(image.sortedInto().map(String::valueOf).orElse(""));
        }
        print(fields);
    }

    private void print(List<String> fields) {
        out.print(fields.stream().map(ClassifiedCsv::field).collect(Collectors.joining(",", "", END)));
        out.flush();
    }

    private static String field(String text) {
        boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    @Override
    public void end(UnreadableImages unreadable, boolean stopped) {
        // Standard error says what is left out.
    }
}
