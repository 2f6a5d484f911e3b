package dev.clap4j.spark.job;

import dev.clap4j.experiment.MeasurementKind;
import dev.clap4j.experiment.measurement.ZeroShot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options of zero-shot accuracy, which are those of {@code clap zeroshot}. */
final class MeasurementOptions implements IModelTransformer {
    private static final MeasurementKind KIND = ZeroShot.KIND;
    private static final String LANGUAGE = "language";

    @Override
    public CommandSpec transform(CommandSpec job) {
        KIND.settings()
                .forEach(setting -> job.addOption(OptionSpec.builder("--" + setting.name())
                        .paramLabel(setting.label())
                        .description(setting.help())
                        .type(setting.isRepeatable() ? List.class : String.class)
                        .auxiliaryTypes(String.class)
                        .build()));
        return job;
    }

    /** Returns the measurement with the options that are given. */
    static ZeroShot measurement(CommandSpec job) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (MeasurementKind.Setting setting : KIND.settings()) {
            Object value = job.findOption("--" + setting.name()).getValue();
            if (value != null) {
                List<?> values = value instanceof List<?> several ? several : List.of(value);
                given.put(setting.name(), values.stream().map(String::valueOf).toList());
            }
        }
        String language = given.getOrDefault(LANGUAGE, List.of("en")).get(0);
        JobMain.wrongWhen(
                job,
                !language.matches("en|zh"),
                "--language should be en or zh, not '" + language + "'; prompts in others can be given by --template");
        return JobMain.checking(job, () -> (ZeroShot) KIND.of(given));
    }
}
