import { useCallback, useEffect, useState } from 'react';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import type { ValueOf } from '../../../shared/ipc/contract.ts';
import type { CertificateView, WindowStatus, windowContract } from '../../../shared/ipc/window.ts';
import { ask } from '../../bridge.ts';

type Answer = Result<ValueOf<typeof windowContract, 'platform.certificates'>>;

export interface Certificates {
  readonly looking: boolean;
  readonly all: readonly CertificateView[];
  readonly failure: Failure | undefined;
  readonly detect: () => Promise<void>;
}

/** The one to use: the only usable one, or the one chosen among several; undefined until that is clear. */
export function pickCertificate(
  all: readonly CertificateView[],
  chosen: string | undefined,
): CertificateView | undefined {
  const usable = all.filter((certificate) => certificate.usable);
  if (usable.length === 1) return usable[0];
  return usable.find((certificate) => certificate.fingerprint === chosen);
}

/** Plugged in or not; giving the PIN changes nothing about which certificates there are. */
function presenceOf(key: WindowStatus['key']): string {
  const isIn = key.state === 'present' || key.state === 'unlocked';
  return isIn ? `in ${key.serial}` : key.state;
}

/** Certificates on the keys plugged in; looked for again whenever a key comes or goes. */
export function useCertificates(unitAccount: string, key: WindowStatus['key']): Certificates {
  const [answer, setAnswer] = useState<Answer>();
  const [looking, setLooking] = useState(true);
  const presence = presenceOf(key);
  const detect = useCallback(async () => {
    setLooking(true);
    setAnswer(await ask('platform.certificates', { unitAccount }));
    setLooking(false);
  }, [unitAccount]);
  useEffect(() => {
    let current = true;
    void ask('platform.certificates', { unitAccount }).then((next) => {
      if (!current) return;
      setAnswer(next);
      setLooking(false);
    });
    return () => {
      current = false;
    };
  }, [unitAccount, presence]);
  return {
    looking,
    all: answer?.ok ? answer.value.certificates : [],
    failure: answer?.ok === false ? answer : undefined,
    detect,
  };
}
