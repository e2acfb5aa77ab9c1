import { useEffect } from "preact/hooks";
import { api, type Problem } from "../api";
import { change, type Draft } from "../draft/draft";
import { rate } from "../format";
import { sentencesAt } from "../text/problems";
import { useLoaded } from "../useLoaded";
import { Field } from "./Field";

/** By what it is sent. Nothing is to choose where there is one profile. */
export function Profiles({ value, problem }: { value: Draft; problem: Problem | null }) {
  const { body } = useLoaded((signal) => api.profiles(signal), []);
  const profiles = body?.profiles ?? [];
  const first = profiles[0]?.profile ?? "default";
  const isThere = profiles.length === 0 || profiles.some(({ profile }) => profile === (value.profile || "default"));
  useEffect(() => {
    if (!isThere) {
      change({ profile: first }); // "default" is not this person's, or a kept draft names one that is no more
    }
  }, [isThere, first]);

  return profiles.length < 2 ? null : (
    <Field id="profile" label="Profile" hint="By which numbers it is sent, and how fast." errors={sentencesAt(problem, "profile")}>
      {(control) => (
        <select {...control} value={value.profile || "default"} onChange={(event) => change({ profile: event.currentTarget.value })}>
          {profiles.map(({ profile, segmentsPerSecond }) => <option key={profile} value={profile}>{profile} ({rate(segmentsPerSecond)} segments a second)</option>)}
        </select>
      )}
    </Field>
  );
}
