package dev.clap4j.evaluation;

/** The evaluation protocols, each with its result file in the run directory. */
public enum Protocol {
    /** Class names in several wordings. */
    ZERO_SHOT("zero-shot", "zeroshot.json"),
    /** Linear probes on few labelled images. */
    FEW_SHOT("few-shot", "fewshot.json"),
    /** Adversarial attacks. */
    ATTACK("attack", "attack.json"),
    /** Maps of image features. */
    TSNE("t-sne", "tsne.json"),
    /** All of these, each in a folder of its own. */
    REPRODUCTION("reproduction", "report.html");

    private final String word;
    private final String file;

    Protocol(String word, String file) {
        this.word = word;
        this.file = file;
    }

    /** Returns the name in {@code run.json}. */
    public String word() {
        return word;
    }

    /** Returns the name of the result file. */
    public String file() {
        return file;
    }
}
