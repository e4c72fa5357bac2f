import { whenOf, type Job } from './jobs.ts';
import { weeklyCron } from './weekly-cron.ts';

/**
 * The jobs as configuration as code for Jenkins. One table and one loop instead of a page per job, because the whole
 * has to fit into a parameter of 4,096 bytes. No `${` may be in it: JCasC would take it for a variable.
 */
export function jenkinsJobs(jobs: readonly Job[]): string {
  const rows = jobs.map((job) => {
    const cron = job.at === undefined ? '' : `TZ=${job.timezone}\\n${weeklyCron(job.at)}`;
    return `        [name: '${job.name}', target: '${job.target}', text: '${whenOf(job)}', cron: '${cron}'],`;
  });
  return `# Written from the schedules in envs/*.yaml by "make sync"; edit those. Each job runs one make target, no more.
jobs:
  - script: |
      [
${rows.join('\n')}
      ].each { entry ->
        pipelineJob(entry.name) {
          description(entry.text)
          if (entry.cron) {
            properties { pipelineTriggers { triggers { cron { spec(entry.cron) } } } }
          }
          definition {
            cps {
              sandbox(true)
              script('''
                pipeline {
                  agent { label 'roundtrip' }
                  options {
                    disableConcurrentBuilds()
                    timeout(time: 4, unit: 'HOURS')
                  }
                  stages {
                    stage('make') {
                      steps {
                        git url: env.ROUNDTRIP_REPOSITORY, branch: env.ROUNDTRIP_BRANCH
                        sh 'make TARGET'
                      }
                    }
                  }
                }
              '''.stripIndent().replace('TARGET', entry.target))
            }
          }
        }
      }
`;
}
