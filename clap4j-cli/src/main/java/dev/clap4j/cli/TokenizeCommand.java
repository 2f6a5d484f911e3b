package dev.clap4j.cli;

import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.tokenizer.ClipTokenizer;
import dev.clap4j.internal.tokenizer.Overflow;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
    private JsonOption json;

    @Spec
    private CommandSpec spec;

    /** A text as the model gets it. */
    private record Tokens(String text, int[] ids, List<String> pieces) {}

    @Override
    public void run() {
        List<String> all = new ArrayList<>(texts);
        if (file != null) {
            all.addAll(TextLines.read(file));
        } else if (all.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Give texts, or a file of them with --file.");
        }
        List<Tokens> result = new ArrayList<>();
        ClipTokenizer tokenizer =
                ClipModel.tokenizer(model.open(spec.commandLine().getErr()));
        ModelOption.warnOfLongTexts(tokenizer, all, spec.commandLine().getErr());
        for (String text : all) {
            int[] ids = tokenizer.encode(text, Overflow.TRUNCATE);
            result.add(new Tokens(text, ids, tokenizer.pieces(ids)));
        }
        print(result);
    }

    private void print(List<Tokens> result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json.wanted()) {
            JsonOption.print(out, result);
            return;
        }
        Table table = Table.of("tokens", "ids", "pieces", "text");
        for (Tokens tokens : result) {
            String ids = String.join(
                    " ", Arrays.stream(tokens.ids).mapToObj(String::valueOf).toList());
            table.row(tokens.ids.length, ids, String.join(" ", tokens.pieces), tokens.text);
        }
        out.println(table);
    }
}
