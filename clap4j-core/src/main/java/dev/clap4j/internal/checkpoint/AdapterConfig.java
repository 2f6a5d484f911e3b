package dev.clap4j.internal.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clap4j.ClapException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The {@code adapter_config.json} of a LoRA adapter, as written by PEFT: rank and scaling of each module.
 *
 * @param path the file, for messages
 * @param rank rank of modules not in {@code ranks}
 * @param alpha alpha of modules not in {@code alphas}
 * @param ranks ranks by the name of a module, or the end of one
 * @param alphas alphas by the name of a module, or the end of one
 * @param rankStabilised whether to scale by the square root of the rank (rsLoRA, Kalajdzievski 2023)
 */
record AdapterConfig(
        Path path,
        double rank,
        double alpha,
        Map<String, Double> ranks,
        Map<String, Double> alphas,
        boolean rankStabilised) {
    private static final double DEFAULT_RANK = 8;
    private static final double DEFAULT_ALPHA = 8;

    /** Variants of LoRA with another computation, and the values by which they are switched off. */
    private static final Map<String, String> NEUTRAL = Map.ofEntries(
            Map.entry("peft_type", "\"LORA\""),
            Map.entry("use_dora", "false"),
            Map.entry("use_qalora", "false"),
            Map.entry("use_bdlora", "false"),
            Map.entry("loftq_config", "{}"),
            Map.entry("eva_config", "null"),
            Map.entry("corda_config", "null"),
            Map.entry("lora_ga_config", "null"),
            Map.entry("velora_config", "null"),
            Map.entry("monteclora_config", "null"),
            Map.entry("kasa_config", "null"),
            Map.entry("arrow_config", "null"),
            Map.entry("alora_invocation_tokens", "null"),
            Map.entry("layer_replication", "null"),
            Map.entry("target_parameters", "null"),
            Map.entry("trainable_token_indices", "null"));

    /** Initialisations that leave the model's own weights unchanged; others modify them first. */
    private static final Set<String> INITIAL = Set.of("true", "false", "\"gaussian\"", "\"orthogonal\"", "\"eva\"");

    /**
     * Keys that say what was trained, which the tensors show themselves, or that only matter for training. {@code
     * fan_in_fan_out} does not affect linear layers, and PEFT ignores it, too.
     */
    private static final Set<String> HARMLESS = Set.of(
            "auto_mapping",
            "base_model_name_or_path",
            "bias",
            "ensure_weight_tying",
            "exclude_modules",
            "fan_in_fan_out",
            "inference_mode",
            "layers_pattern",
            "layers_to_transform",
            "lora_bias",
            "lora_dropout",
            "megatron_config",
            "megatron_core",
            "modules_to_save",
            "peft_version",
            "qalora_group_size",
            "revision",
            "runtime_config",
            "target_modules",
            "task_type");

    /**
     * Reads the configuration.
     *
     * @throws ClapException if it is of another kind of adapter, or has an unknown key
     */
    static AdapterConfig read(Path path) {
        ConfigSection config = ConfigSection.read(path);
        if (!config.has("peft_type")) {
            throw new ClapException(
                    path + " has no peft_type; expected \"LORA\", the only kind of adapter that is" + " supported");
        }
        config.require(NEUTRAL);
        JsonNode initial = config.value("init_lora_weights");
        if (!initial.isMissingNode() && !INITIAL.contains(initial.toString())) {
            throw config.unexpected(
                    "init_lora_weights",
                    "one of " + INITIAL + "; others change the model's own weights, so merge the adapter in Python");
        }
        AdapterConfig read = new AdapterConfig(
                path,
                config.number("r", DEFAULT_RANK),
                config.number("lora_alpha", DEFAULT_ALPHA),
                pattern(config, "rank_pattern"),
                pattern(config, "alpha_pattern"),
                config.flag("use_rslora"));
        config.requireNothingElse(HARMLESS);
        return read;
    }

    private static Map<String, Double> pattern(ConfigSection config, String key) {
        ConfigSection section = config.section(key);
        Map<String, Double> pattern = new LinkedHashMap<>();
        for (String name : section.keys()) {
            if (!name.matches("[\\w.]+")) {
                throw config.unexpected(key, "names of modules; regular expressions are not supported");
            }
            pattern.put(name, section.number(name, 0));
        }
        return pattern;
    }

    /**
     * Returns the factor on a module's product B·A.
     *
     * @param module the name of the module
     * @param found the number of rows of A
     * @throws ClapException if the configuration gives the module another rank
     */
    float scaling(String module, long found) {
        double expected = of(ranks, module, rank);
        if (found != expected) {
            throw new ClapException(path + " gives the module " + module + " the rank " + expected
                    + ", but its matrix in the adapter has the rank " + found);
        }
        return (float) (of(alphas, module, alpha) / (rankStabilised ? Math.sqrt(expected) : expected));
    }

    /**
     * Returns the value of the first pattern that matches the module, or the end of its name; a dot matches any one
     * character.
     */
    private static double of(Map<String, Double> pattern, String module, double otherwise) {
        return pattern.entrySet().stream()
                .filter(entry -> isEnd(entry.getKey(), module))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(otherwise);
    }

    private static boolean isEnd(String pattern, String module) {
        int start = module.length() - pattern.length();
        if (start < 0 || (start > 0 && module.charAt(start - 1) != '.')) {
            return false;
        }
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) != '.' && pattern.charAt(i) != module.charAt(start + i)) {
                return false;
            }
        }
        return true;
    }
}
