package dev.clap4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.experiment.Measurements;
import dev.clap4j.experiment.Score;
import dev.clap4j.experiment.recipe.Quickstart;
import dev.clap4j.experiment.recipe.Reproduction;
import dev.clap4j.experiment.recipe.Sweep;
import dev.clap4j.head.Head;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.JsonFiles;
import dev.clap4j.internal.io.TensorSource;
import dev.clap4j.internal.run.RunFolder;
import dev.clap4j.report.SavedRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/** {@code clap rerun}: repeats a run and compares the scores. */
@Command(
        name = "rerun",
        description = {
            "Repeat a run and say whether it gives the same scores.",
            "The command in the run's record is run again into a new folder; model, data and heads must be those of the"
                    + " record. Then every score is compared: equal to the last bit, equal within rounding (another"
                    + " processor or Java), or different. For a training it is the head's weights that are compared."
        },
        mixinStandardHelpOptions = true)
final class RerunCommand implements Callable<Integer> {
    /** Flags that a rerun sets itself or leaves out. */
    private static final Set<String> FLAGS =
            Set.of("--resume", "--overwrite", "--open", "--json", "--help", "-h", "--version", "-V");

    /** Options with a value, likewise: a record may come from anyone, and should not say where features are kept. */
    private static final Set<String> FOLDERS = Set.of("--out", "--cache");

    /** The kinds of run that are repeated, by their commands, beside measurements. */
    private static final Map<String, String> RECIPES = Map.of(
            "quickstart", Quickstart.KIND, "reproduce", Reproduction.KIND, "sweep", Sweep.KIND, "train", "training");

    /** Differences up to this number of points round to the same printed value, or to a neighbouring one. */
    private static final double ROUNDING = 0.005;

    private static final int WORST = 5;

    @Parameters(paramLabel = "RUN", description = "The folder of a run.")
    private Path run;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder of the new run.")
    private Path out;

    @Mixin
    private Output output;

    private enum Agreement {
        EQUAL("equal to the last bit"),
        ROUNDED("equal within rounding"),
        DIFFERENT("different"),
        MISSING("in one of the runs only");

        private final String words;

        Agreement(String words) {
            this.words = words;
        }
    }

    /** A value of both runs; null if a run lacks it. */
    private record Pair(String name, Double before, Double now, double point) {
        Agreement agreement() {
            if (before == null || now == null) {
                return Agreement.MISSING;
            }
            boolean rounded = distance() <= ROUNDING * point;
            return before.equals(now) ? Agreement.EQUAL : rounded ? Agreement.ROUNDED : Agreement.DIFFERENT;
        }

        double distance() {
            return before == null || now == null ? Double.POSITIVE_INFINITY : Math.abs(before - now);
        }

        @Override
        public String toString() {
            return name + ": " + Objects.toString(before, "missing") + " before, " + Objects.toString(now, "missing")
                    + " now";
        }
    }

    @Override
    public Integer call() {
        JsonNode record = JsonFiles.readObject(RunFolder.provenance(run));
        List<String> words = arguments(record);
        if (Files.exists(out)) {
            throw new ClapException(out + " exists already; a rerun needs a folder of its own");
        }
        // To resume a run of which only the record exists is to run it again, on condition that all of it is the same.
        AtomicFiles.writeString(RunFolder.provenance(out), record.toPrettyString() + "\n");
        int code = Clap.execute(
                output.isJson() ? new PrintWriter(Writer.nullWriter()) : output.out(),
                output.err(),
                this::explain,
                words.toArray(String[]::new));
        if (code == Clap.DONE) {
            return compared();
        }
        discardIfUnused();
        return code == Clap.WRONG_USE ? Clap.FAILED : code;
    }

    /** Deletes the new folder if it has nothing but the record. */
    private void discardIfUnused() {
        try (Stream<Path> files = Files.list(out)) {
            if (files.allMatch(RunFolder.provenance(out)::equals)) {
                Files.deleteIfExists(RunFolder.provenance(out));
                Files.delete(out);
            }
        } catch (IOException e) {
            throw new ClapException("Cannot delete " + out + ": " + e.getMessage(), e);
        }
    }

    private int explain(Exception error, CommandLine command, ParseResult parsed) {
        if (!(error instanceof ClapException known)
                || known.problem().filter(Problem.RUN_DIFFERS::equals).isEmpty()) {
            return Clap.explain(error, command);
        }
        output.note(known.getMessage().replace(out.toString(), run.toString())
                + "; a rerun takes the model, data and heads of the record");
        return Clap.FAILED;
    }

    private List<String> arguments(JsonNode record) {
        List<String> words = CommandLineText.parse(record.path("command").asText());
        if (words.isEmpty()) {
            throw new ClapException(
                    "The record of " + run + " has no command: it is a part of another run; repeat that");
        }
        requireRepeatable(words.get(0), RunFolder.kind(record));
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String option = words.get(i).replaceFirst("=.*", "");
            if (FOLDERS.contains(option)) {
                i += option.equals(words.get(i)) ? 1 : 0;
            } else if (!FLAGS.contains(option)) {
                kept.add(words.get(i));
            }
        }
        kept.addAll(List.of("--out", out.toString(), "--resume"));
        return kept;
    }

    /** A record may come from anyone: no other command is run for it, and none but that of its kind. */
    private void requireRepeatable(String command, String kind) {
        boolean isMeasurement =
                Measurements.ALL.stream().anyMatch(each -> each.id().equals(command));
        if (!isMeasurement && !RECIPES.containsKey(command)) {
            throw new ClapException("The command in the record of " + run + " is " + command
                    + "; a rerun repeats evaluations and the training of heads");
        }
        if (!RECIPES.getOrDefault(command, command).equals(kind)) {
            throw new ClapException("The record of " + run + " is one of " + (kind.isEmpty() ? "an unknown kind" : kind)
                    + ", but its command is " + command + "; it has been changed, or belongs to another run");
        }
    }

    private int compared() {
        List<Pair> pairs = Files.exists(run.resolve("head.safetensors")) ? weights() : scores();
        if (pairs.isEmpty()) {
            throw new ClapException("There is nothing to compare in " + run + ": it has neither scores nor a head");
        }
        List<Pair> unequal = pairs.stream()
                .filter(pair -> pair.agreement().compareTo(Agreement.ROUNDED) > 0)
                .sorted(Comparator.comparing(Pair::distance).reversed())
                .toList();
        List<String> lines = new ArrayList<>(List.of("Of " + pairs.size() + " values"));
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Agreement agreement : Agreement.values()) {
            long count =
                    pairs.stream().filter(pair -> pair.agreement() == agreement).count();
            counts.put(agreement.name().toLowerCase(Locale.ROOT), count);
            if (count > 0) {
                lines.add(count + " are " + agreement.words);
            }
        }
        unequal.stream().limit(WORST).map(Pair::toString).forEach(lines::add);
        output.print(counts, String.join(System.lineSeparator() + "  ", lines));
        return unequal.isEmpty() ? Clap.DONE : Clap.FAILED;
    }

    private List<Pair> scores() {
        Map<List<Object>, Score> before = byCondition(run);
        Map<List<Object>, Score> now = byCondition(out);
        return Stream.concat(before.keySet().stream(), now.keySet().stream())
                .distinct()
                .map(key -> pair(before.get(key), now.get(key)))
                .toList();
    }

    private static Pair pair(Score before, Score now) {
        Score either = before == null ? now : before;
        return new Pair(
                either.measure().id() + " " + either.condition().values(),
                before == null ? null : (Double) before.value(),
                now == null ? null : (Double) now.value(),
                either.measure().unit().point());
    }

    private static Map<List<Object>, Score> byCondition(Path folder) {
        Map<List<Object>, Score> scores = new LinkedHashMap<>();
        SavedRun.read(folder).scores().forEach(score -> scores.put(List.of(score.measure(), score.condition()), score));
        return scores;
    }

    /** Returns the largest difference in each tensor of the heads. */
    private List<Pair> weights() {
        TensorSource before = HeadAccess.weights(Head.load(run.resolve("head.safetensors")));
        TensorSource now = HeadAccess.weights(Head.load(out.resolve("head.safetensors")));
        return before.names().stream()
                .map(name -> {
                    float[] one = before.get(name).toFloats();
                    float[] other = now.get(name).toFloats();
                    IntStream places = IntStream.range(0, one.length);
                    double largest = one.length == other.length
                            ? places.mapToDouble(i -> Math.abs(one[i] - other[i]))
                                    .max()
                                    .orElse(0)
                            : Double.POSITIVE_INFINITY;
                    return new Pair(name + ", largest difference", 0.0, largest, 0.01);
                })
                .toList();
    }
}
