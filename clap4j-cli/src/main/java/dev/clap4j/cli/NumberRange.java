package dev.clap4j.cli;

import dev.clap4j.ClapException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** Names of files with a range of numbers in braces, as shards have them: {@code shard-{000000..000009}.tar}. */
final class NumberRange {
    private static final Pattern RANGE = Pattern.compile("\\{(\\d{1,9})\\.\\.(\\d{1,9})}");
    private static final long MOST = 1_000_000;

    private NumberRange() {}

    /**
     * Returns the names that a text stands for: itself if it has no range.
     *
     * @throws ClapException if there are too many, or the range goes backwards
     */
    static List<String> expand(String text) {
        Matcher range = RANGE.matcher(text);
        if (!range.find()) {
            return List.of(text);
        }
        long first = Long.parseLong(range.group(1));
        long last = Long.parseLong(range.group(2));
        if (last < first || last - first >= MOST) {
            throw new ClapException(
                    "The range " + range.group() + " should go up, and have at most " + MOST + " numbers");
        }
        int digits = range.group(1).length();
        String before = text.substring(0, range.start());
        String after = text.substring(range.end());
        List<String> rest = expand(after);
        if (rest.size() > MOST / (last - first + 1)) {
            throw new ClapException("The ranges of " + text + " should stand for at most " + MOST + " names");
        }
        return LongStream.rangeClosed(first, last)
                .mapToObj(number -> before + String.format("%0" + digits + "d", number))
                .flatMap(begin -> rest.stream().map(begin::concat))
                .toList();
    }
}
