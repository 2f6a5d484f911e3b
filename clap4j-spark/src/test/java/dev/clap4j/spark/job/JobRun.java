package dev.clap4j.spark.job;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A job that has run in this process. */
record JobRun(int code, String out, String err) {
    /** Runs a job on two task slots. */
    static JobRun of(Runnable job, Object... arguments) {
        dev.clap4j.spark.LocalSpark.session();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        int code = JobMain.execute(job, new PrintWriter(out, true), new PrintWriter(err, true), words);
        return new JobRun(code, out.toString(), err.toString());
    }
}
