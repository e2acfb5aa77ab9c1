import type { ComponentChildren } from "preact";
import type { Problem } from "../api";
import { sentenceOf } from "../text/problems";

export type Kind = "bad" | "warn" | "good" | "info";

/** Something to know. What is bad is read out at once. */
export function Notice({ kind, children }: { kind: Kind; children: ComponentChildren }) {
  return <div class={`notice ${kind}`} role={kind === "bad" ? "alert" : "status"}>{children}</div>;
}

export function ProblemNotice({ problem, children }: { problem: Problem | null; children?: ComponentChildren }) {
  return problem === null || problem.kind === "aborted" ? null : (
    <Notice kind="bad">
      <p>{sentenceOf(problem)}</p>
      {children}
      {problem.requestId && <p class="small">Request {problem.requestId}</p>}
    </Notice>
  );
}
