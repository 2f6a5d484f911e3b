package dev.clap4j.evaluation;

/** What can be measured, and the file with its result in the folder of a run. */
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

    /** As {@code run.json} calls it. */
    public String word() {
        return word;
    }

    /** The name of the file with the result. */
    public String file() {
        return file;
    }
}
