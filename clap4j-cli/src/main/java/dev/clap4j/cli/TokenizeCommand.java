package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.io.InputFiles;
import dev.clap4j.internal.tokenizer.ClipTokenizer;
import dev.clap4j.internal.tokenizer.Overflow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code clap tokenize}: the ids and pieces that a model gets of texts. */
@Command(
        name = "tokenize",
        description = {
            "Print the tokens of texts.",
            "The table shows their ids and the pieces they stand for; </w> ends a word."
        },
        mixinStandardHelpOptions = true)
final class TokenizeCommand implements Runnable {
    @Mixin
    private CheckpointOption model;

    @Option(names = "--file", paramLabel = "FILE", description = "A UTF-8 file with one text a line.")
    private Path file;

    @Parameters(paramLabel = "TEXT", arity = "0..*", description = "Texts.")
    private List<String> texts = List.of();

    @Mixin
    private Output output;

    /** A text as the model gets it. */
    private record Tokens(String text, int[] ids, List<String> pieces) {}

    @Override
    public void run() {
        List<String> all = new ArrayList<>(texts);
        if (file != null) {
            all.addAll(lines(file));
        } else if (all.isEmpty()) {
            throw new WrongUse("Give texts, or a file of them with --file.");
        }
        List<Tokens> result = new ArrayList<>();
        ClipTokenizer tokenizer = ClipModel.tokenizer(model.open(output.err()));
        ModelOption.warnOfLongTexts(tokenizer, all, output.err());
        Table table = Table.of("tokens", "ids", "pieces", "text");
        for (String text : all) {
            int[] ids = tokenizer.encode(text, Overflow.TRUNCATE);
            List<String> pieces = tokenizer.pieces(ids);
            result.add(new Tokens(text, ids, pieces));
            String numbers = Arrays.stream(ids).mapToObj(String::valueOf).collect(Collectors.joining(" "));
            table.row(ids.length, numbers, String.join(" ", pieces), text);
        }
        output.print(result, table);
    }

    /** Returns all lines of a file of texts, which has at least one. */
    static List<String> lines(Path file) {
        List<String> lines = InputFiles.readLines(file);
        if (lines.isEmpty()) {
            throw new ClapException(file + " has no lines; write one text a line");
        }
        return lines;
    }
}
