package dev.clap4j.cli;

import dev.clap4j.internal.hub.GoodModel;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code clap models}: good choices, and what can be done with downloaded models. */
@Command(
        name = "models",
        description = {
            "List good models; download, check or remove models by name.",
            "Any other name of a repository on the Hugging Face hub (OWNER/NAME, with @REVISION if wanted) or of weights in"
                    + " open_clip (ARCHITECTURE:TAG) works too, here and as --model."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            ModelsPullCommand.class,
            ModelsListCommand.class,
            ModelsVerifyCommand.class,
            ModelsRemoveCommand.class
        })
final class ModelsCommand implements Runnable {
    @Mixin
    private Output output;

    @Override
    public void run() {
        List<GoodModel> models = GoodModel.all();
        Table table = Table.of("name", "parameters", "download", "licence", "ImageNet", "sketches", "good for");
        models.forEach(model -> table.row(
                model.name(),
                String.format(Locale.ROOT, "%.0f M", model.parameters() / 1e6),
                model.download(),
                model.licence(),
                model.imageNet(),
                model.sketch(),
                model.purpose()));
        String end = System.lineSeparator();
        output.print(
                models,
                table + end + end
                        + "ImageNet and sketches (ImageNet-Sketch): zero-shot accuracy in percent, published by open_clip."
                        + end
                        + "--model NAME downloads a model where it is needed; clap models pull NAME does so now.");
    }
}
